# Functions: defaults, recursion, closures, pipes.
def greet(name, greeting = "hello") { "${greeting}, ${name}" }
print greet("Ana"), greet("Bo", "hi")

def fib(n) {
    if n < 2 { return n }
    fib(n - 1) + fib(n - 2)
}
print fib(15)

def sign(n) { if n > 0 { "plus" } else if n < 0 { "minus" } else { "zero" } }
print sign(5), sign(-5), sign(0)

# Known throughout the block, in any order.
def is_even(n) { if n == 0 { true } else { is_odd(n - 1) } }
def is_odd(n) { if n == 0 { false } else { is_even(n - 1) } }
print is_even(10), is_odd(10)

# In a pipe the subject is the first argument.
def top(rows, n = 2) { rows | sort price desc | take n | select id, price }
open "orders.csv" | top(3) | export csv
[1, 2] | greet() | print

# Closures see the variables around them, and change them.
def counter() {
    let n = 0
    def next() {
        n = n + 1
        n
    }
    next
}
let a = counter()
let b = counter()
print a(), a(), b()

let handlers = []
for i in 1..3 {
    def times(x) { x * i }
    handlers = handlers + [times]
}
print (for_each(handlers))
def for_each(list) {
    let out = []
    for h in list { out = out + [h(10)] }
    out
}

# A name that is given later is known in a function that is called later.
def report() { "limit ${limit}" }
let limit = 7
print report()
def nothing() { let unused = 1 }
print nothing(), greet
def outer(x) {
    def inner(y) { def deepest(z) { x + y + z }
        deepest(100) }
    inner(10)
}
print outer(1)
print if(limit > 5, "large", missing_is_not_evaluated(limit))
def missing_is_not_evaluated(x) { fail "evaluated" }
