# An error goes to the nearest catch, past loops and functions; a new one in a handler goes further out.
def risky(n) { if n == 3 { fail "three" }; n }
try {
    for n in 1..5 { print risky(n) }
} catch e { print "stopped at", e.message }
try {
    try { fail "first" } catch e { fail "second after ${e.message}" }
} catch e { print e.message }
try { try { fail "again" } catch e { fail e } } catch e { print e.message, e.line }
print "on"
