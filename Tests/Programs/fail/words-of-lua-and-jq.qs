-- a comment
function f(x) { x }
let j = open "orders.csv"
j |> take 1
j | map(x)
