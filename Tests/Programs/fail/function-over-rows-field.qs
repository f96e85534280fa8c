let orders = open "orders.csv"
def month(order) { order.month }
orders | derive m = month(order_date)
