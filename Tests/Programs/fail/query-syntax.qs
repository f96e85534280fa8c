dataset orders = "orders.csv"
let j = run "select id,
  from orders"
export j csv
