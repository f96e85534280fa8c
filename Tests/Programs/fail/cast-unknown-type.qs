let orders = open "orders.csv"
orders | cast id = strin
