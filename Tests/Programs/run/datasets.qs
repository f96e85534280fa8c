# A dataset is a file under a name; the same name again replaces it.
dataset data = "orders.csv"
print (run "select count(*) as n from data")[0].n
dataset data = "small.json"
print (run "select count(*) as n from data")[0].n
datasets | select name, format | show
