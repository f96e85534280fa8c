let orders = open "orders.csv"
def noisy(x) {
    print x
    x + 1
}
orders | derive n = noisy(price)
