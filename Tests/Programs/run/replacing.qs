# replace goes from left to right and puts nothing twice; an empty text to look for replaces nothing.
print replace("a-b-c", "-", "+"), replace("aaa", "aa", "b"), replace("aba", "a", "aa"), replace("abc", "", "x"), replace("abc", "d", "x")
print replace("a.b", ".", ""), replace(null, "a", "b"), replace("naïve", "ï", "i")
[{s: "1.234,50"}, {s: null}] | derive n = decimal(replace(replace(s, ".", ""), ",", "."), 2)
