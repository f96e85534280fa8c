# not in, not like, not matches and not between are the opposite of what is true or false, and null where that is null.
for x in [1, 2, 5, null] { print x in [1, 2], x not in [1, 2], x between 2 and 5, x not between 2 and 5 }
print 3 not in [1, null], 1 not in [1, null], 3 in [1, null], "a" not like null
[{x: 1}, {x: 4}, {x: null}] | where x not in [1]
[{x: 1}, {x: 4}, {x: null}] | where not (x in [1])
[{x: 1}, {x: 4}, {x: null}] | where x not between 2 and 9 or x is null
