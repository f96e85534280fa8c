print "imported"
let spoken = 1
