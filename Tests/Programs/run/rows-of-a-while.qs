# A loop that gathers rows of its own and hands them on as a frame.
let balance = decimal("1000.00")
let rows = []
let current = 2024
while balance < 1200 {
    let interest = round(balance * 0.05, 2)
    balance = balance + interest
    rows = rows + [{year: current, interest: interest, balance: balance}]
    current = current + 1
}
rows | export csv
print len(rows), sum((rows | where year > 2024).interest)
