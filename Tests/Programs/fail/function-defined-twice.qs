def f() { 1 }
let x = 2
def f() { 2 }
print f()
