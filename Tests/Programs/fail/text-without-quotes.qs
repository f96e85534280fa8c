let j = open "orders.csv"
j | where region == EU
