def total(rows) {
    rows | select total = quantty * price
}
total(open "orders.csv") | show
