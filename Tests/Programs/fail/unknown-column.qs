let orders = open "orders.csv"
orders | where quantty > 3 | export csv
