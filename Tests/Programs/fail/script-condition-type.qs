if 1 { print "never" }
