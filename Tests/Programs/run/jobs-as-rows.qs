# A job stands for its rows, and a list of jobs for all of theirs.
let a = run "select 1 as n, 'x' as s"
let b = run "select 2 as n"
[a, b] | sort n desc | show
let all = []
for n in 1..3 { all = all + [(run "select {{n}} as n" with n=n)] }
print (all | count), (all | summarize total = sum(n))[0].total
print a[0].s, b.n
