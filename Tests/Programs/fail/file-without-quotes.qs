let j = open orders.csv
