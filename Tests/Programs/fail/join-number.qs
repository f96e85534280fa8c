let orders = open "orders.csv"
orders | join 5 on id
