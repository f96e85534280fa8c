let orders = open "orders.csv"
orders | cast order_date = int
