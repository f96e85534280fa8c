let orders = open "orders.csv"
exprot orders csv
