# `//` rounds down and `%` is what it leaves, so that b * (a // b) + a % b is a, with the sign of b; a zero divisor gives null.
for a in [7, -7] { for b in [3, -3] { print a, b, a // b, a % b, b * (a // b) + a % b == a } }
print 7.5 // 2, 7.5 % 2, -7.5 // 2, -7.5 % 2, decimal("-7.5") // 2, decimal("-7.5") % 2
print 1 // 0, 1 % 0, 1 / 0, 1.5 // 0, decimal("1.5") % 0
[{a: 7, b: 3}, {a: -7, b: 3}, {a: 7, b: -3}, {a: 7, b: 0}, {a: null, b: 1}] | derive down = a // b, rest = a % b, quotient = round(a / b, 3)
