# A pipeline in parentheses is an expression, and a bare one may stand behind let, =, return and in.
let orders = open "orders.csv"
if (orders | where quantity > 100 | count) == 0 { print "none" }
let n = orders | where region == "EU" | count
n = n + (orders | where region == "UK" | count)
print n, (orders | take 1)[0].id
def eu() { return orders | where region == "EU" }
for row in eu() | sort id desc { print row.id }
