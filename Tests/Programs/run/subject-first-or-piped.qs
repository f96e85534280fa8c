# A command's subject comes through the pipe or stands first; clauses come in any order.
let rows = [{n: 1}]
export rows csv
rows | export csv
rows | export with header=false csv
export rows with header=false csv
let j = run "select 1 as one"
j | wait
print (j | wait timeout 5s).status
