# Windows: functions that look at other rows.
let orders = open "orders.csv" | select id, region, quantity, price
orders | derive n = row_number() over () | select id, n | show
orders | derive place = rank() over (by region sort price desc), n = row_number() over (by region) | sort region, place, id | show
orders | select id, quantity, before = lag(quantity) over (sort id), after = lead(quantity, 2) over (sort id) | show
orders | select id, region, so_far = cumsum(quantity) over (by region sort id) | show
orders | select id, smooth = round(moving_avg(price, 3) over (sort id), 3) | show
orders | derive change = price - lag(price) over (by region sort quantity desc nulls first, id)
       | where change is not null
       | select id, region, change | show
let size = 2
orders | select id, average = moving_avg(quantity, size) over (
           by region
           sort id desc
         ) | take 3 | show
orders | select id, over = lag(lag(id) over (sort id)) over (sort id) | take 4 | show
