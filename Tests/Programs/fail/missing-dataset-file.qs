dataset orders = "ordrs.csv"
