def f(a, b = 2) { a + b }
print f(1), f(1, 2, 3)
