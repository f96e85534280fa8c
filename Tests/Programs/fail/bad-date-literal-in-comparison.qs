let orders = open "orders.csv"
orders | where order_date > "May 2024"
