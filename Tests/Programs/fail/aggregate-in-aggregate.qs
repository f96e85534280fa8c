let orders = open "orders.csv"
orders | summarize x = sum(price / count()) by region
