# Text beside a column of dates is read as a date.
let orders = open "orders.csv" | select id, order_date
orders | where order_date >= "2024-06-01" and order_date < "2024-06-03" | show
orders | where order_date in ["2024-05-02", "2024-05-03"] | count
orders | where order_date between "2024-05-02" and "2024-05-31" | count
