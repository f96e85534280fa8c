let orders = open "orders.csv"
def share(x) { x / orders }
orders | derive n = share(price)
