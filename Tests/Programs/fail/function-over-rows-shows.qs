let orders = open "orders.csv"
def noisy(x) {
    x
    x + 1
}
orders | derive n = noisy(price)
