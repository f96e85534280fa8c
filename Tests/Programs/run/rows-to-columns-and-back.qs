# unpivot makes a row of each value, with its column's name beside it.
let sales = [{region: "EU", jan: 1, feb: 2}, {region: "UK", jan: 3, feb: null}]
sales | unpivot jan, feb into month, revenue | show
sales | unpivot jan, feb into month, revenue | where revenue is not null | summarize total = sum(revenue) by region | show
