print "this is never printed"
run
