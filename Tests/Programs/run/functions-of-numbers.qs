# Functions of numbers.
print abs(-3), abs(-2.5), round(2.567, 2), round(2.5), round(-2.5), floor(-1.5), ceil(1.2)
print sqrt(9), exp(0), ln(1), power(2, 10), min_of(3, 1, 2), max_of(1.5, 2)
print round(1234.5, -2), abs(null), sqrt(null)
