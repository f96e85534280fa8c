# break and continue belong to the loop around them, the innermost one.
for i in 1..3 {
    for j in 1..3 {
        if j == 2 { continue }
        if i == 2 { break }
        print i, j
    }
}
let n = 0
while true {
    n = n + 1
    if n % 2 == 1 { continue }
    if n > 6 { break }
    print n
}
