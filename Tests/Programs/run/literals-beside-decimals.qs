# A float that is written beside a decimal is the decimal of its digits, in scripts as over columns: with operators, in lists,
# in `in`, among a function's arguments. What has a name is what it is. Of values to choose from, a script computes one only: there
# the others count that are variables or calls of `decimal`.
let p = decimal("1.1")
let rate = 0.1
def times(x, y) { x * y }
def scaled(y) {
    let factor = 0.1
    y * factor
}
print p * 0.1, p in [1.1, 2], p in [rate, 1.1], max_of(p, 0.1), [0.1, p], sum([p, 0.1]), p between 1.1 and 1.1
print p * rate, times(p, 0.1), scaled(p)
[{d: p}]
    | select a = d * 0.1, b = d in [1.1, 2], c = d in [rate, 1.1], e = max_of(d, 0.1), f = [0.1, d], g = d between 1.1 and 1.1
[{d: p}] | select a = d * rate, b = times(d, 0.1), c = scaled(d)
print if(false, p, 0.1) * p, case(p > 2, p, p > 1, -0.1, 1) * p, coalesce(decimal(null), 0.1) * p, (decimal(null) ?? 0.1) * p
print coalesce(null, 0.1, p) * p, (null ?? decimal(null) ?? 0.1) * p, (decimal(null) * 2.5 ?? 0.1) * p
print if(false, rate, 0.1) * p, (null ?? 0.1) * p, if(false, decimal(p), 0.1) * p, if(true, 0.1, $p) * p
[{d: p, n: null}, {d: p, n: p}] | select a = if(d > 2, d, 0.1) * d, b = case(d > 2, d, d > 1, -0.1, 1) * d, c = coalesce(n, 0.1) * d, e = (n ?? 0.1) * d
