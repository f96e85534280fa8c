let orders = open "orders.csv"
orders | derive x = rank() over (order id)
