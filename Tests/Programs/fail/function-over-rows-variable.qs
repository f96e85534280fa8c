let orders = open "orders.csv"
def net(x) { x * 0.81 }
let f = net
orders | derive n = f(price)
