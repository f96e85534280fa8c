# Bins of a duration are counted from Monday, 1970-01-05, whatever the rows are.
print bin(@2024-05-17T10:34:56Z, 5m), bin(@2024-05-17T10:34:56, 6h), bin(@2024-05-17, 1w), bin(@1969-12-31, 1w)
print weekday(bin(@2024-05-17, 1w)), bin(@2024-05-17, 1w) == bin(@2024-05-17, "week")
let calls = [{at: @2024-05-01T10:01:00Z, n: 1}, {at: @2024-05-01T10:14:59Z, n: 2}, {at: @2024-05-01T10:15:00Z, n: 4}]
calls | summarize n = sum(n) by quarter = bin(at, 15m)
