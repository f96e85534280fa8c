let orders = open "orders.csv"
orders | where price > avg(price)
