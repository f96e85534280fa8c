# where drops the rows for which the condition is false, and those for which it is null.
let orders = open "orders.csv" | select id, quantity, price
orders | where quantity > 3 | show
orders | where not (quantity > 3) | show
orders | where quantity > 3 or price is null | show
orders | where null | count
