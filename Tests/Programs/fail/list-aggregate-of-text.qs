let orders = open "orders.csv"
print sum(orders.customer)
