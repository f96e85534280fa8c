open "orders.csv" | derive x = split(customer, "")["a"]
