let orders = open "orders.csv"
orders | cast price = int
