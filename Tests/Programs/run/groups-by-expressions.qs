# What rows are grouped by may be computed, with a name; null is a group of its own.
let orders = open "orders.csv"
orders | summarize n = count(), items = sum(quantity) by month = format_date(order_date, "%Y-%m"), large = quantity >= 3
orders | summarize n = count() by unnamed = customer is null
