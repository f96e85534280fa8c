# A frame's element is a record, its field a list.
let orders = open "orders.csv"
print orders[0].customer, orders[-1].id, orders[100]
print orders.region, orders.quantity
for row in orders | take 2 { print row.id, row.note }
print orders
