# A list of a million records, built one by one and then read.
def orders(n) {
    let all = []
    for i in 1..n { all = all + [{id: i, name: "n${i % 100}", amount: i * 2}] }
    return all
}
let sum = 0
for order in orders(1_000_000) { sum = sum + order.amount }
print sum
