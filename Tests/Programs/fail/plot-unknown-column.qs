open "orders.csv" | plot x regin
