# Bars: a sum for each name, several columns side by side, and a column that splits them.
let orders = open "orders.csv"
orders | summarize revenue = sum(price * quantity) by region | plot
orders | summarize orders = count(), items = sum(quantity) by region | plot bar x region y orders, items
orders | summarize items = sum(quantity) by region, returned | plot x region by returned
[{day: @2024-05-02, n: -2}, {day: @2024-05-01, n: 4}, {day: @2024-05-03, n: null}] | plot bar
