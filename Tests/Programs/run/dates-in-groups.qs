# Dates grouped by month and week.
let orders = open "orders.csv"
orders | summarize n = count(), total = sum(quantity) by month = bin(order_date, "month") | show
orders | summarize n = count() by label = format_date(order_date, "%Y-%m") | show
orders | where weekday(order_date) >= 6 | select id, order_date | show
