# try and catch.
try { print 1 / 0, [1][7]; fail "stop here" } catch e { print e.code, e.message, e.line, e.job }
try { open "nowhere.csv" } catch e { print e.code, e.message }
try { run no_such_query } catch e { print e.code }
def risky(n) {
    if n > 2 { fail "too much: ${n}" }
    n
}
for n in 1..4 {
    try {
        if n == 4 { break }
        print risky(n)
    } catch e {
        print "caught", e.message
        continue
    }
}
try {
    try { fail "inner" } catch e { fail e }
} catch e { print "outer got", e.message, e.line }
def guarded() {
    try { return risky(9) } catch e { return "instead" }
}
print guarded()
let j = run "select * from nowhere"
try { wait j } catch e { print e.code, j.status }
let orders = open "orders.csv"
try { orders | where revnue > 1 } catch e { print e.code }
print "still here"
