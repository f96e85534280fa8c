let orders = open "orders.csv"
orders | pivot regoin = sum(price) by returned
