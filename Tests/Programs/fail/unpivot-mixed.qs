let orders = open "orders.csv"
orders | unpivot id, region into what, value
