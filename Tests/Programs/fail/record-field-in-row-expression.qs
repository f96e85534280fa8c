let limits = {least: 1}
open "orders.csv" | where id > limits.most
