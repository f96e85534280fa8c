let orders = open "orders.csv"
def huge(n) { n * 9_223_372_036_854_775_807 }
orders | select id, n = huge(quantity)
