let orders = open "orders.csv"
orders | take -1
