let total = (1 + 2
let next = 3 +* 4
print [total, next 5]
for n in 1..3 {
    print n n
    frobnicate n
}
print total, nxt
