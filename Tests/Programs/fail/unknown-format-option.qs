let orders = open "orders.csv"
export orders csv with delimeter=";"
