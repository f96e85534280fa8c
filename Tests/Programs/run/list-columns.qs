# Lists: columns of them, what is asked of them, rows of them.
let f = [{k: "a", tags: "x,y", n: 1}, {k: "b", tags: "", n: 2}, {k: "c", tags: null, n: null}]

# `[a, b]` and split make lists; `+` joins them.
f | select k, pair = [n, 10], parts = split(tags, ","), more = split(tags, ",") + ["z"]
# Elements count from 0, or from the end; where there is none it is null.
f | select first = split(tags, ",")[0], last = split(tags, ",")[-1], none = split(tags, ",")[5], second = [n, n * 2][1]
# Length, membership, equality: null is an element, and inside of lists equals null.
f | select len = len(split(tags, ",")), has = "y" in split(tags, ","), same = contains(split(tags, ","), "x"), same_list = [n, null] == [1, null], two = 2 in [n]
# A list for each group, in the order of the rows, and back to rows. A row without elements stays.
f | summarize keys = list(k), numbers = list(n)
f | derive tag = split(tags, ",") | explode tag
f | summarize numbers = list(n) by even = n // 2 == 1 | explode numbers
f | where false | summarize keys = list(k)
# Groups and distinct rows of lists.
f | select half = [n // 3] | distinct
f | summarize rows = count() by l = [n is null]
# Lists of the script in rows, and rows of lists in the script.
let wanted = ["x", "q"]
f | where wanted[0] in split(tags, ",") | select k, wanted = wanted, at = wanted[n]
let g = f | derive parts = split(tags, ",")
print g[0].parts, g[0].parts[1], g[2].parts, len(g[0].parts), g.parts
for part in g[0].parts { print "part ${part}" }
print split("a--b", "--"), split("né", ""), split(null, ","), [1, "a"] + [null], len([1, "a", {b: 2}])
# Lists in records are columns of lists.
[{l: [1, 2]}, {l: []}, {l: null}, {l: [2.5]}] | derive n = len(l)
print string([1, null, "a"][0]), "${[1, 2]}"
# Equal lists have equal hashes, in rows and in the script; null is an element.
f | select hash = hash(split(tags, ",")), again = hash(split(tags, ",")) == hash(["x", "y"]), none = hash([n, null]) == hash([1, null])
print hash(["x", "y"]), hash([1, 2]) == hash([2, 1]), hash([]), hash([decimal("1.5")]) == hash([decimal("1.50")]), hash(g[0].parts) == hash(["x", "y"])
