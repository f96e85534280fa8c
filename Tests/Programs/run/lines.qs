# Where statements end, and where they go on.
let orders = open "orders.csv"
orders
  | where region == "EU"
      and quantity > 3
  | select id,
           customer
print 1; print 2
let sum = 1 +
    2
print sum, (1
    + 2)
let record = {
    a: 1,
    b: [
        1, 2,
    ],
}
print record
print \
    "continued"
if sum == 3 { print "yes" }
else { print "no" }
