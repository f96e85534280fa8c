let orders = open "orders.csv"
orders | where region > 3
