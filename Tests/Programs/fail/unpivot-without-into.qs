let orders = open "orders.csv"
orders | unpivot id, quantity
