# Rows beside rows, and below them.
let orders = (open "orders.csv" | select id, customer, price)
let customers = [
  {customer: "Acme", segment: "small", price: 1}, {customer: "Böhm", segment: null, price: 2},
  {customer: "Nobody", segment: "none", price: 3}, {customer: null, segment: "lost", price: 4}]
orders | join customers on customer | show
orders | join left customers on customer | show
orders | join right customers on customer | show
orders | join full customers on customer | sort customer | show
orders | join semi customers on customer | show
orders | join anti customers on customer | show
orders | take 2 | join cross customers | select id, customer, customer_right | show
orders | join [{name: "Zoë", city: "Bern"}, {name: "Zoë", city: "Bonn"}] on customer == name | show
orders | join [{id: 2.0, x: "two"}, {id: 2.5, x: "between"}] on id | show
orders | join [{id: 2.0, x: "two"}, {id: 2.5, x: "between"}] full on id | sort id | take 4 | show
orders | join orders on customer, price | select id, id_right | show
orders | select id, price | take 1 | union customers | union [{id: 5, price: 2.5}] | show
let first = (orders | take 1)
let others = (customers | where price >= 3)
[first, others] | select customer, price, segment | show
