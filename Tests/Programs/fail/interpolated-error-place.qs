print "total: ${1 + missing}"
