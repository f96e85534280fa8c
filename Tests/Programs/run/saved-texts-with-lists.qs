# A list that is bound may stand after in, of any length; what is in its texts never becomes query text.
dataset orders = "orders.csv"
save some as "select id, region from dataset where region in {{regions}} order by id" on orders
for regions in [["EU"], ["EU", "US"], [], ["EU') or ('1'='1"]] {
    let j = run some with regions=regions
    print regions, (j | count), (j | where true).id
}
let wanted = ["US"]
let j = run "select count(*) as n from orders where region in ${wanted}" on orders
j
