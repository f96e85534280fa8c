# A file that ends with .gz or .zst is expanded on the way.
open "small.csv.gz" | show
open "small.csv.zst" | show
print read("small.csv.gz") == read("small.csv.zst")
dataset packed = "small.csv.gz"
run "select sum(n) as total from packed" | show
