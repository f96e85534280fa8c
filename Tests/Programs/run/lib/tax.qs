print "tax is read once"
let rate = 0.25
