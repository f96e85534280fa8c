let orders = open "orders.csv"
orders | derive before = lag(price)
