# through pipes rows into a command of the shell; what is not read is no error, a command that fails is.
let orders = open "orders.csv" | select id, region
orders | export csv through "head -n 3"
let region = "EU"
orders | export csv through "grep -c ${region}"
try { orders | export csv through "cat > /dev/null; exit 3" } catch e { print e.code, e.message }
print "after"
