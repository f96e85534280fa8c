let orders = open "orders.csv"
orders | derive t = sum(customer) over (by region)
