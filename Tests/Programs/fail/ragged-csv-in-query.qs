dataset ragged = "ragged.csv"
let j = run "select * from ragged"
wait j
