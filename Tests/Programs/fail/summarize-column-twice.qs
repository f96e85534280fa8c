let orders = open "orders.csv"
orders | summarize region = count() by region
