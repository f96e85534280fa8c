dataset orders = "orders.csv"
save by_region as "select * from dataset where region = {{region}}" on orders
run by_region
