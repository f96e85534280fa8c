# Every transform over a file.
let orders = open "orders.csv"
orders | where quantity >= 3 and not returned | select id, customer, total = round(quantity * price, 2) | show
orders | derive total = quantity * price, taxed = round(total * 1.2, 3) | select id, total, taxed | take 3 | show
orders | sort price desc, id | select id, price | show
orders | sort quantity nulls first | take 2 | select id, quantity | show
orders | sort id desc | take 1 by region | select region, id | show
print (orders | where region == "UK" | count)
let wanted = ["EU", "UK"]
let least = 100
orders | where region in wanted and price > $least | select id | show
orders | where order_date >= "2024-06-01" | select id, order_date | show
orders | where note is null | count
orders | where customer like "%ö%" | select customer | show
orders | select label = "${id}-${region}" | take 2
