let orders = open "orders.csv"
orders | summarize x = sum(customer)
