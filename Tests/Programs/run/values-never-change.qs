# Values are immutable: what is made of one leaves it as it was.
let a = [1]
let b = a
let c = a + [2]
print a, b, c
let rows = [{n: 2}, {n: 1}]
let sorted = (rows | sort n)
print rows, sorted[0].n
def change(list) { list = list + [9]; list }
print change(a), a
