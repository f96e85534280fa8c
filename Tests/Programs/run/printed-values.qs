# print writes a string as it is; inside of lists and records strings are quoted.
print "text", ["text"], {a: "text"}, [["a \"b\""]]
print null, [null], true, [@2024-05-01, 90m, 2.0]
print "", "a", ""
