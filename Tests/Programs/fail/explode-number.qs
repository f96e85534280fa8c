open "orders.csv" | explode price
