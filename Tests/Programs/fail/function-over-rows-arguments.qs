let orders = open "orders.csv"
def net(x, rate = 0.19) { x / (1 + rate) }
orders | derive n = net(), m = net(price)
