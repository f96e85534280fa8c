# A function over a variable of its own file.
let rate = 1.19
def gross(x) { with_tax(x) }
def with_tax(x) { x * rate }
