open "orders.csv" | plot bar line
