# on names the dataset that a query calls dataset; others are there by their own names.
dataset orders = "orders.csv"
dataset small = "small.json"
let text = "select count(*) as n from dataset"
print (run text(text) on orders)[0].n, (run text(text) on small)[0].n
run "select o.id, s.label from orders o join small s on s.id = o.id order by o.id" | show
let target = "small"
print (run text(text) on $target)[0].n
