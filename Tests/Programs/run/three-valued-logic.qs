# and, or and not with null.
for a in [true, false, null] {
    for b in [true, false, null] { print a, b, a and b, a or b }
    print "not", a, not a
}
