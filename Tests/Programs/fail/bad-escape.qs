print "a\qb"
