# A condition is a bool, and null is not true: if takes else, while does not begin, where keeps nothing, and assert fails.
let unknown = null > 1
if unknown { print "then" } else { print "else" }
if not unknown { print "then" } else { print "else" }
while unknown { print "never" }
print (unknown is null), unknown ?? "default", if(unknown, "a", "b"), case(unknown, "a", true, "b", "c")
try { assert unknown "not known" } catch e { print e.message }
[{x: 1}, {x: null}] | where x > 0 or x is null | derive positive = if(x > 0, "yes", "no")
