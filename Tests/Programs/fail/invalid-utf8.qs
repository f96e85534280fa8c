print "ÿ"
