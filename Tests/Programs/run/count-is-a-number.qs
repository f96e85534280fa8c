# count gives a number; as an aggregate count() counts rows, count(x) values.
let orders = open "orders.csv"
let n = orders | count
print n + 1, (orders | where id > 100 | count)
orders | summarize rows = count(), quantities = count(quantity), regions = count_distinct(region) | show
