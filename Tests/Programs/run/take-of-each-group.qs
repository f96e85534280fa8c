# take N by keeps the first rows of each group, whole and in their order.
let orders = open "orders.csv" | select id, region, returned
orders | sort id desc | take 1 by region | show
orders | take 1 by region, returned | show
orders | take 2 by returned | select id | show
