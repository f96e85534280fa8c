# in looks through a list or a range; between includes both its ends.
print 2 in [1, 2], "x" in [], 1.0 in [1], 3 not in [1, 2]
print 5 in 1..5, 0 in 1..5
print 1 between 1 and 3, 3 between 1 and 3, 4 not between 1 and 3
print "b" between "a" and "c", @2024-05-15 between @2024-05-01 and @2024-05-31
