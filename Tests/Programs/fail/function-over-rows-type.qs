let orders = open "orders.csv"
def net(x) { x * 0.81 }
orders | derive n = net(customer)
