# No rows are rows all the same: the columns stay.
let none = open "orders.csv" | where id > 100 | select id, price
none | show
print (none | count), none.id, none[0]
none | derive total = id * price | sort total | show
none | summarize total = sum(price) | show
none | join [{id: 1}] on id | count
