# A job is found again by its id.
let j = run "select 7 as n"
wait j
let again = attach $j.id
print again[0].n, again.id == j.id
let id = j.id
print (attach $id on local).status
try { attach job_that_never_was } catch e { print e.code }
