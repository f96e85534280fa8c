print 2024-05-01
