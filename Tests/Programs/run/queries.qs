# Saved queries, parameters, jobs.
dataset orders = "orders.csv"
save by_region as "select region, count(*) as n from dataset where region <> {{skip}} group by region order by region" on orders describe "Orders by region"
queries | select name, parameters, dataset, description, version
let j = run by_region with skip="US"
wait j
print j.status, j.rows, j.columns, j.query, j.service
j
j | where n > 1 | export json
let region = "EU"
let k = run "select id from orders where region = ${region} and quantity > ${1 + 2}" on orders
k | sort id | export tsv
let both = run text("select 1 as one") timeout 1m
wait j, k, both
print (run "select {{a}} as a, {{b}} as b" with a=1, b="it's; drop table x")[0]
datasets | select name, format
jobs | where status == "succeeded" | count
forget by_region
queries | count
