open "damaged.csv.gz"
