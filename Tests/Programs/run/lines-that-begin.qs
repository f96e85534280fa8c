# A statement goes on where the next line begins with |, and, or, else or catch.
let rows = [{n: 1}, {n: 2}, {n: 3}]
rows
| where n > 1
    and n < 3
    or n == 1
| show
if rows[0].n == 2 { print "two" }
else if rows[0].n == 1 { print "one" }
else { print "many" }
try { fail "no" }
catch e { print e.message }
