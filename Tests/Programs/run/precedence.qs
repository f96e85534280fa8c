# By falling strength: members, -, * / // %, + -, .., ??, comparisons, not, and, or.
print 2 + 3 * 4, (2 + 3) * 4, -2 + 5, 10 - 4 - 3, 100 / 10 / 5
print 7 // 2 * 2 + 7 % 2, -7 // 2 * 2 + -7 % 2
print null ?? 1 + 1, 1 + (null ?? 1), null ?? 2 == 2
print not 1 == 2, not true or true, true or true and false
print 1 + 1 in [2], not 3 in [1, 2]
