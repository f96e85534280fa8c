dataset orders = "orders.csv"
let j = run "select id, revnue from orders"
export j csv
