def f() { limit }
print f()
let limit = 1
