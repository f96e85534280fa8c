let orders = open "orders.csv"
orders | rename id = price
