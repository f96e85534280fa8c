open "ragged.csv" | count
