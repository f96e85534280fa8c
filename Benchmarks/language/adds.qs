# A loop of ten million additions.
def total(n) {
    let sum = 0
    for i in 1..n { sum = sum + i }
    return sum
}
print total(10_000_000)
