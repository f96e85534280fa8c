# Variables, conditions and loops.
let total = 0
for n in 1..10 {
    if n % 2 == 0 { continue }
    if n > 7 { break }
    total = total + n
}
print "odd up to 7:", total

let i = 0
while i < 3 {
    let square = i * i
    print i, square
    i = i + 1
}

if total > 100 {
    print "large"
} else if total > 10 {
    print "medium"
} else {
    print "small"
}

let i = "shadowed"
print i
for pair in {a: 1, b: 2} { print pair.key, pair.value }
for x in ["p", "q"] { for y in 1..2 { print x, y } }
let m = 1
let m = (m + 1) * m
print m
if true { let v = 2
    v = (v + 1) * v
    print v }
