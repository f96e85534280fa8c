let orders = open "orders.csv"
show orders | take 1
