let orders = open "orders.csv"
orders | derive x = upper(region) over (by region)
