let orders = open "orders.csv"
export orders to "a.csv" to "b.csv"
