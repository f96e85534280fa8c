# Regular expressions, and the functions of text and time.
let orders = open "orders.csv"
orders | where customer matches "^[A-Z]\\w+, " | select id, customer | show
orders | where customer not matches 'ö|ë' and region matches "(?i)^a" | select id, region, customer | show
print "2024-05" matches '^\d{4}-\d\d$', "x" not matches "y", null matches "a", "naïve" matches "na.ve"
let pattern = "a.c"
for word in ["abc", "ac", "a\nc"] { print word matches pattern }
print format(1234567.891, 2, ","), format(-0.004, 2), format(12, 1), format(null)
print parse_date("1.5.2024", "%d.%m.%Y"), parse_date("May 1, 24", "%B %d, %y")
print hash("abc"), hash(1) == hash(1), hash(null)
print today() == date(now()), now() > @2024-01-01, now() - now() < 1m
orders | derive t = now() | where t > order_date | select same = t == lag(t) over (sort id) | take 2 | show
