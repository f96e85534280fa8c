# Values go into queries as bound parameters, of every type, and never as text.
dataset orders = "orders.csv"
save pick as "select id, region from dataset where region in {{regions}} and quantity >= {{least}} order by id" on orders
let regions = ["EU", "UK"]
run pick with regions=regions, least=2
run pick with
    least = 1 + 2,
    regions = ["US"]
let evil = "x' or 1=1 --"
print (run "select count(*) as n from orders where region = ${evil}")[0].n
print (run "select {{d}} as d, {{t}} as t, {{b}} as b, {{n}} as n, {{f}} as f" with d=@2024-05-01, t=@2024-05-01T10:00:00Z, b=true, n=null, f=0.1)[0]
run `pick` with regions=[], least=0 on orders
let name = "pick"
print (run $name with regions=["EU"], least=0 | count), (run query("pick") with regions=["EU"], least=0 | count)
let jobs_of_month = []
for region in regions { jobs_of_month = jobs_of_month + [(run pick with regions=[region], least=0)] }
for job in jobs_of_month { wait job; print job.rows }
