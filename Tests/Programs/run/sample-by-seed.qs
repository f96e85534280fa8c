# sample keeps rows chosen by chance, in their order; the same seed chooses the same ones.
let numbers = 1..100
let rows = []
for n in numbers { rows = rows + [{n: n}] }
let once = rows | sample 10 seed 42
let twice = rows | sample 10 seed 42
print (once | count), once.n == twice.n
let before = 0
for row in once { assert row.n > before; before = row.n }
print (rows | sample 1000 seed 1 | count), (rows | sample 0 seed 1 | count), (rows | sample 7 | count)
