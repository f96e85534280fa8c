let orders = open "orders.csv"
orders | rename x = pric
