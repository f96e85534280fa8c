# Found before anything runs.
print "started"
let orders = open "orders.csv"
orders | cast id = strin
