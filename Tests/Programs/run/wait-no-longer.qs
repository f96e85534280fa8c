# A wait that runs out is an error with the code timeout, and the job goes on; run's own timeout cancels it.
let j = run "with recursive c(n) as (select 1 union all select n + 1 from c) select max(n) from c"
try { wait j timeout 50ms } catch e { print e.code, e.job == j.id, j.status }
cancel j
print j.status
let k = run "with recursive c(n) as (select 1 union all select n + 1 from c) select max(n) from c" timeout 50ms
try { wait k } catch e { print e.code }
