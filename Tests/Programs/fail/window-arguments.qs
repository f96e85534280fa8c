let orders = open "orders.csv"
orders | derive x = rank(price) over (sort id)
