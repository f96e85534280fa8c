open "orders.csv" | plot to "orders.png"
