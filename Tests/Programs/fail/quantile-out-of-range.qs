let orders = open "orders.csv"
orders | summarize x = quantile(price, 95)
