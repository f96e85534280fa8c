# The fields of a job; a name that is none of them is a column of its rows.
let j = run "select 1 as n, 2 as m"
wait j
print j.status, j.rows, j.columns, j.service, j.query, j.error, j.progress
print j.created <= j.completed, j.elapsed >= 0s, len(j.id) > 4
print j.n, j.m
