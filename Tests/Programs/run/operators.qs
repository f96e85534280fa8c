# Precedence, nulls and comparisons.
print 1 + 2 * 3, (1 + 2) * 3, -2 * 3, 7 // 2, -7 // 2, 7 % 3, -7 % 3, 7 / 2
print 1 / 0, 1 // 0, 1 % 0
print null + 1, null == null, null is null, 1 is not null, null ?? 5, 3 ?? 5
print true and null, false and null, true or null, false or null, not null
print 1 < 2 and 2 < 3, 1 == 1.0, 2 in [1, 2], 3 not in [1, 2], 5 in 1..10
print 5 between 1 and 10, 5 not between 6 and 10, "abc" like "a%", "abc" not like "_b"
print "b" > "a", @2024-05-02 - @2024-05-01, @2024-05-01 + 36h * 2, 1h + 30m
print [1] + [2, 3], "x" + "y"
