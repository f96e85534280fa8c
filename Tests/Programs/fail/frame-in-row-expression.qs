let orders = open "orders.csv"
let other = open "orders.csv"
orders | where id == $other
