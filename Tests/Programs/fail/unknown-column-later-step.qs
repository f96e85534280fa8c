let orders = open "orders.csv"
orders | select id, region
       | sort price desc
