open "orders.csv" | derive pair = [id, customer]
