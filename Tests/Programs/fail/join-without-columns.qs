let orders = open "orders.csv"
orders | join left orders
