let orders = open "orders.csv"
orders | unpivot id, quantity into region, n
