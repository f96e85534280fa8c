print “hello” + ‘world’
print 5 – 3
