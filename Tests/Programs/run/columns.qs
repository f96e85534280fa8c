# Transforms that name columns, and those that choose rows by where they stand.
let orders = open "orders.csv"
orders | rename day = order_date, n = quantity | select id, day, n | take 2 | show
orders | rename price = quantity, quantity = price | select id, price, quantity | take 1 | show
orders | drop note, customer, returned, order_date | take 2 | show
let column = "note"
orders | drop $column, customer | take 1 | show
orders | cast id = string, order_date = timestamp, quantity = float
       | select label = "#" + id, order_date, quantity | take 2 | show
orders | select id | skip 3 | show
orders | sort id | select id | tail 2 | show
orders | select id | skip 1 | take 2 | tail 1 | show
print (orders | sample 3 seed 42 | count), (orders | sample 100 | count), (orders | sample 0 | count)
let again = orders | sample 4 seed 7
let once_more = orders | sample 4 seed 7
print "${again.id}" == "${once_more.id}"
orders | select id, quantity, price | take 2 | unpivot quantity, price into what, amount | show
orders | unpivot region, customer into kind, name | where kind == "customer" | select id, name | take 2 | show
