let orders = open "orders.csv"
orders | wher region == "EU"
