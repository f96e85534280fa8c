# / gives a float, // rounds down, % is what // leaves, and a zero divisor gives null.
print 7 / 2, 6 / 2, -7 / 2
print 7 // 2, -7 // 2, 7 // -2, 7.5 // 2
print 7 % 3, -7 % 3, 7 % -3, 7.5 % 2
print 1 / 0, 1 // 0, 1 % 0, 1.0 / 0
