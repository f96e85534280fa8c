let orders = open "orders.csv"
orders | pivot region = sum(customer) by returned
