let orders = open "orders.csv"
orders | where quantity
