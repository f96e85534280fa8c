# Values reach a query as values: quotes and semicolons in them are nothing but text.
let evil = "x'; drop table t; --"
print (run "select ${evil} as v")[0].v == evil
print (run "select {{a}} + {{b}} as sum" with a=1, b=2)[0].sum
for value in [1, 2.5, "text", true, @2024-05-01, null] { print (run "select ${value} as v")[0].v }
print (run "select count(*) as n from (select 1 as x union all select 2) where x in {{list}}" with list=[1, 2, 3])[0].n
