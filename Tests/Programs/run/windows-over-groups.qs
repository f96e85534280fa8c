# A window looks at the rows of its group, in its own order; without by at all rows, without sort as they come.
let rows = open "orders.csv" | select id, region, quantity
rows | derive n = row_number() over (by region sort id desc) | sort id | show
rows | select id, next = lead(id) over (), before = lag(id, 1) over (by region) | show
rows | select id, so_far = cumsum(quantity) over (sort id) | tail 2 | show
