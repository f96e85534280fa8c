let orders = open "orders.csv"
orders | summarize x = sum(price) / quantity by region
