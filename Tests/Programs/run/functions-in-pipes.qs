# In a pipe the subject is a function's first argument, before those in its parentheses.
def top(rows, n = 1) { rows | sort quantity desc | take n | select id, quantity }
let orders = open "orders.csv"
orders | top() | show
orders | where region == "EU" | top(2) | export json
print (5 | power(2)), ("a" | pad_left(3, "-") | upper())
