# An expression that stands alone is shown; of a command only a frame is.
1 + 1
"text"
[1, 2]
[{a: 1}]
null
let j = run "select 1 as one"
wait j
run "select 2 as not_shown"
for row in (jobs) {
    let id = row.id
    wait (attach $id)
}
cancel j
j
open "orders.csv" | take 1 | select id
