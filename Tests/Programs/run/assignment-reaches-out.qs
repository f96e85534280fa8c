# Without let a variable changes, whichever block or function it is of.
let total = 0
for n in 1..3 { if n != 2 { total = total + n } }
print total
def add(n) { total = total + n }
add(10)
print total
while total < 16 { total = total + 1 }
print total
