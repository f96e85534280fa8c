# A pipeline in parentheses within an expression over columns is computed once, before the rows.
let orders = open "orders.csv"
orders | where quantity > (orders | where quantity is not null | count) - 2 | select id, quantity | show
orders | take 2 | select id, share = round(id / (orders | count), 3) | show
