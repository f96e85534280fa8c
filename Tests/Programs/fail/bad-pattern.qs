# Found before anything runs.
print "started"
let orders = open "orders.csv"
orders | where customer matches "(a" | show
