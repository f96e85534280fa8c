# run gives a job at once; only what needs its rows waits.
let slow = run "with recursive c(n) as (select 1 union all select n + 1 from c) select max(n) from c"
let quick = run "select 42 as n"
print quick[0].n, slow.status in ["queued", "running"]
cancel slow
try { slow | count } catch e { print e.code }
