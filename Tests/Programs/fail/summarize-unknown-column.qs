let orders = open "orders.csv"
orders | summarize total = sum(prize) by region
