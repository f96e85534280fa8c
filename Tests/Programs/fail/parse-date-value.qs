let orders = open "orders.csv"
orders | derive d = parse_date(region, "%d.%m.%Y")
