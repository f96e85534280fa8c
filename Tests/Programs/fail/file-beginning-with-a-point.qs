open ./orders.csv | count
dataset orders = ../data/2024/orders.csv
let j = [{a: 1}]
export j to ./out.csv
