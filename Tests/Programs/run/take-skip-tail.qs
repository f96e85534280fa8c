# take, skip and tail count rows; more than there are is no error.
let ids = open "orders.csv" | select id
print (ids | take 2).id, (ids | skip 5).id, (ids | tail 2).id
print (ids | take 0 | count), (ids | take 100 | count), (ids | skip 100 | count), (ids | tail 100 | count)
print (ids | skip 2 | take 2 | tail 1).id
let n = 3
print (ids | take n + 1 | count)
