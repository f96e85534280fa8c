let orders = open "orders.csv"
orders | skip 0 - 1
