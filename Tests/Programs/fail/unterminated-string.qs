print "no end
