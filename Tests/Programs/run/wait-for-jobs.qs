# wait gives the job, or a list of them; without a name it waits for all of the session.
let a = run "select 1 as n"
let b = run "select 2 as n"
print (wait a).status, (wait a, b)[1].n
wait
for job in [a, b] { print job.status }
let bad = run "select nope"
print (wait any bad).status
try { wait bad } catch e { print e.code }
