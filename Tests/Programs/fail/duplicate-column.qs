let orders = open "orders.csv"
orders | select id, id
