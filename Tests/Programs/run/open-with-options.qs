# open takes a format by name, and the format's options.
open "orders.csv" as csv with header=false | take 2 | select column_1, column_3 | show
open "pipes.txt" as csv with delimiter="|" | show
open "small.json" | show
print (open "orders.csv").id, (open "orders.csv" as csv | count)
