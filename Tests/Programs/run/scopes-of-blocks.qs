# A block opens a scope: what it makes with let ends with it, what it assigns to stays.
let x = 1
let y = 1
if true {
    let x = 2
    x = x + 1
    y = y + x
    print x, y
}
print x, y
for x in ["inner"] { let y = x; print y }
print x, y
try { let x = "tried"; fail x } catch x { print x.message }
print x
def f(x) { x = x + 10; let y = x; y }
print f(5), x, y
