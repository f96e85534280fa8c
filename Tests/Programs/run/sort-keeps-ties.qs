# sort is stable: rows that are equal by all keys keep their order.
let rows = open "orders.csv" | select id, region, returned
rows | sort region | show
rows | sort returned desc, region desc | show
rows | sort len(region), id desc | take 3 | show
