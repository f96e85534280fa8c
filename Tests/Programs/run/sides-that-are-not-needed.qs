# and, or, ??, if and case compute only what they need.
def loud(x) { print "computed", x; x }
print false and loud(true), true or loud(true), 1 ?? loud(2)
print true and loud(true), null ?? loud(3)
print if(true, "a", loud("b")), case(false, loud(1), true, 2, loud(3))
print coalesce(null, 4, loud(5))
