# break, continue and return leave a try without its catch.
for n in 1..4 {
    try {
        if n == 2 { continue }
        if n == 4 { break }
        print n
    } catch e { print "never" }
}
try { fail "outside of the loop" } catch e { print e.message }
