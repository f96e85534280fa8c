let orders = open "orders.csv"
export orders to "orders.avro"
