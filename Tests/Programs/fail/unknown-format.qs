let orders = open "orders.csv"
export orders cvs
