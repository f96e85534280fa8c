let orders = open "orders.csv"
def factorial(n) { if n < 2 { 1 } else { n * previous(n) } }
def previous(n) { factorial(n - 1) }
orders | derive f = factorial(quantity)
