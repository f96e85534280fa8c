let orders = open "orders.csv"
orders | where customer matches "[" + region | show
