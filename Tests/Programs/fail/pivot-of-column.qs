let orders = open "orders.csv"
orders | pivot region = price by returned
