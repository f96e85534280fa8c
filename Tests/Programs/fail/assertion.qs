let orders = open "orders.csv"
assert (orders | count) == 0 "orders are not empty"
