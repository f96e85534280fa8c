let orders = open "orders.csv"
def twice(x) {
    let y = x
    y = y + x
    y
}
orders | where twice(price) > 10
