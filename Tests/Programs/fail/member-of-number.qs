open "orders.csv" | derive x = price.amount
