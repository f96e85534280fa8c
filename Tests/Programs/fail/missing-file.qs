let orders = open "ordrs.csv"
