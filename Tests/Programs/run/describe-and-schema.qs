# schema tells the columns' types, describe each column in a few figures.
let orders = open "orders.csv"
schema orders
orders | select quantity, price, region, returned | describe
orders | where id > 100 | select id | describe
