let orders = open "orders.csv"
orders | drop id, id
