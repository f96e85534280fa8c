let orders = open "orders.csv"
orders | select n = id * 9223372036854775807
