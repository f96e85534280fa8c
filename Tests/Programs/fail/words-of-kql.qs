let j = open "orders.csv"
j | extend net = price * 2
j | project region
j | limit 10
j | summarize count() by region
