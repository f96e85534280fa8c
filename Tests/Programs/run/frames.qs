# Frames as values: rows are records, columns are lists.
let orders = open "orders.csv"
print orders[0].customer, orders[-1].id, orders[99]
print orders.region
let total = 0.0
for row in orders | where price is not null and quantity is not null {
    total = total + row.quantity * row.price
}
print round(total, 2)
let targets = [{region: "EU", target: 10}, {region: "UK", target: 2.5}, {region: "US"}]
targets | sort target desc | show
show [1, 2]
show "text"
