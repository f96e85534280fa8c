# Aggregates of lists: what summarize gives of a column of the same values.
let orders = open "orders.csv"
print sum([1, 2, 3]), avg([1, 2]), min(["b", "a"]), max([1, 2.5, null]), count([null, 1]), count_distinct([1, 1.0, 2])
print median([3, 1, 2]), quantile([0, 10], 0.9), variance([1, 2, 4]), stddev([5]), first([null, 1]), last([1, 2])
print sum([]), count([]), max([null]), first([]), [sum([30s, 1m]), max([@2024-05-01, @2024-04-30])]
print sum(orders.quantity), count(orders.quantity), max(orders.order_date), last(orders.note), round(avg(orders.price), 2)
let total = sum(orders.price)
orders | where price > total / 5 | derive share = price / total | select id, share | show
dataset shop = "orders.csv"
let j = run "select region, price from shop" on shop
print max(j.price), count_distinct(j.region), (j | summarize m = max(price))[0].m
def spread(values) { max(values) - min(values) }
print spread(orders.price), (orders.price | spread())
orders | summarize s = spread(price) by region | show
print sum([1, 2, 3] + [4]), ([1, 2] | sum())
