# Aggregates as windows: of the whole group, beside each of its rows.
let orders = open "orders.csv" | select id, region, quantity, price
orders | derive share = round(price / sum(price) over (by region), 3) | show
orders | select id, n = count() over (by region), of = count(quantity) over (), most = max(price) over (by region) | show
orders | select id, first = first(id) over (by region sort price desc), last = last(id) over (by region sort price desc) | show
orders | select id, sum = sum(quantity) over (by region sort id), so_far = cumsum(quantity) over (by region sort id) | show
orders | derive middle = median(price) over () | where price > middle | select id, price, middle | show
orders | derive spread = stddev(price) over (by region), slow = quantile(price, 0.9) over () | select id, spread = round(spread, 4), slow | take 2 | show
