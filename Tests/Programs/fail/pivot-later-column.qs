# Columns made of values are checked when they are there.
let orders = open "orders.csv"
orders | pivot region = sum(price) by returned
       | derive share = EU / APCA
