# Columns made of the values of a column.
let orders = open "orders.csv"
orders | pivot region = sum(price) by returned | show
orders | pivot returned = count() by region | show
orders | pivot order_date = sum(quantity * price) by region, returned | show

# The steps after it see the columns that there are.
orders | pivot region = sum(quantity) by returned | derive both = EU + US | select returned, both | show
orders | sort region | pivot region = count() by returned | select returned, APAC, EU | export json
print (orders | pivot region = count() by customer | where EU > 0 | count)

# A null, and names that are taken.
[{k: "a", v: null}, {k: "a", v: "null"}, {k: "b", v: "k"}, {k: null, v: ""}] | pivot v = count() by k | show
orders | where id > 100 | pivot region = count() by returned | show
let wide = orders | derive month = format_date(order_date, "%Y-%m") | pivot month = max(price) by region
wide | rename may = `2024-05`, june = `2024-06` | sort may desc | unpivot may, june into month, most | where most is not null | show
