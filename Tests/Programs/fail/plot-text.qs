open "orders.csv" | plot bar x region y customer
