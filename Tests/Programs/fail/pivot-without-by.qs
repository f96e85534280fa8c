let orders = open "orders.csv"
orders | pivot region = sum(price)
