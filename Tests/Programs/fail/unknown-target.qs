dataset orders = "orders.csv"
run "select * from dataset" on ordres
