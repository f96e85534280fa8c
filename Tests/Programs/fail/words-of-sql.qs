SELECT * FROM orders
let j = open "orders.csv"
j | select region as r
j | where region <> "EU"
j | order by price
