# A day that the month does not have becomes its last one; each step is counted from the date it begins with.
for n in 0..4 { print date_add(@2024-01-31, n, "month") }
print date_add(@2024-02-29, 1, "year"), date_add(@2024-02-29, 4, "year"), date_add(@2024-03-31, -1, "month")
print date_add(@2023-11-30, 1, "quarter"), date_add(@2024-05-31T23:30:00Z, 1, "month")
[{d: @2024-12-31, n: 2}, {d: @2024-12-31, n: -10}, {d: null, n: 1}] | derive later = date_add(d, n, "month")
