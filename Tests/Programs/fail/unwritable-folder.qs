let orders = open "orders.csv"
export orders to "no/such/folder/x.csv"
