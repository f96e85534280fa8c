print 1.5x
