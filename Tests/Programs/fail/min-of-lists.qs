open "orders.csv" | derive l = [id] | summarize m = min(l)
