# A function is a value: it is given on, kept in a list, and called by the name of any variable.
def twice(f, x) { f(f(x)) }
def add3(x) { x + 3 }
print twice(add3, 1), add3
let all = [add3, twice]
let first = all[0]
print first(10)
