let orders = open "orders.csv"
orders | derive x = rnk() over (sort id)
