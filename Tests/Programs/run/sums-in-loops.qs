# Loops that only sum up: ints, floats and decimals, the loop's own variable on either side, and a sum that gets too large.
def up(start, first, last) {
    let total = start
    for n in first..last { total = total + n }
    return total
}
print up(0, 1, 10), up(0, 5, 4), up(0, -3, 3), up(2.5, 1, 3), up(decimal("0.10"), 1, 3)

def same(start, value, times) {
    let total = start
    for n in 1..times { total = value + total }
    return total
}
print same(1, 0, 4), same(0, 0.5, 4), same("", "ab", 3), same(date("2024-05-30"), 1d, 3)

def twice(times) {
    let last = 0
    for n in 1..times { last = n + n }
    return last
}
print twice(7)

# A loop in a loop, and one of no rounds.
def grid(rows, columns) {
    let total = 0
    for r in 1..rows { for c in 1..columns { total = total + r } }
    return total
}
print grid(3, 4), grid(0, 4), grid(4, 0)

def growing() {
    let total = 9223372036854775800
    let rounds = []
    try { for n in 1..10 { total = total + n } } catch e { rounds = rounds + [e.message] }
    return {total: total, rounds: rounds}
}
print growing()
