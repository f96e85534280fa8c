# In a transform a bare name is a column and, where there is none, a variable.
let least = 5
let rows = open "orders.csv" | select id, quantity
rows | where quantity >= least and quantity < $least + 2 | show
rows | take 2 | derive more = quantity + $least, least = least | show
let limits = {low: 3}
rows | where quantity < limits.low or quantity > [0, 6][1] | show
