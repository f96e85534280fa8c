let orders = open "orders.csv"
def total(n) {
    let sum = 0
    for i in 1..n { sum = sum + i }
    sum
}
orders | derive t = total(quantity)
