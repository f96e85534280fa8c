let orders = open "orders.csv"
orders | join cross orders on id
