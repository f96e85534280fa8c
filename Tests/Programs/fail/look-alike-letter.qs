print а, 1 && 2
print 2  + 1
