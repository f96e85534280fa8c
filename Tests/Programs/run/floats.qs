# A float is written in the shortest form that reads back, and always as a float.
print 5.0, 0.5, 1e9, -0.0
print 0.1 + 0.2, 1 / 3, 2.0 * 3
print 123456789.125, 100.0 / 10
