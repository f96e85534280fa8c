open "orders.csv" | where price > 1000 | plot
