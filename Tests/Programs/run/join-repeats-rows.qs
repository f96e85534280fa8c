# A row joins with every one that fits, in the order of the left side and then of the right.
let orders = open "orders.csv" | select id, region
let names = [{region: "EU", name: "Europe"}, {region: "EU", name: "Union"}, {region: "UK", name: "Kingdom"}]
orders | join names on region | show
orders | join cross [{n: 1}, {n: 2}] | take 3 | show
orders | join semi names on region | count
