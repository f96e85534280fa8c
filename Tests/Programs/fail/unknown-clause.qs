let orders = open "orders.csv"
export orders csv too "x.csv"
