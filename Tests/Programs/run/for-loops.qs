# for goes through lists, records, ranges, frames and jobs.
for x in [1, [2], {a: 3}] { print x }
for f in {a: 1, b: "two"} { print f.key, f.value }
for n in 2..3 { print n }
for row in open "orders.csv" | take 2 | select id, region { print row }
for row in run "select 5 as five" { print row.five }
for x in [] { print "never" }
