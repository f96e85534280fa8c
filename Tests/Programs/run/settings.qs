# set changes how a session behaves; null makes a setting what it was.
set timeout = 50ms
let j = run "with recursive c(n) as (select 1 union all select n + 1 from c) select max(n) from c"
try { wait j } catch e { print e.code }
set timeout = null
print (run "select 1 as n")[0].n
try { set colour = 1 } catch e { print e.code }
try { set rows = "many" } catch e { print e.code }
set rows = 5
