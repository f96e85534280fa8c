# Decimals are exact: what is written is what is computed with.
let price = decimal("12.50")
print price, price + 1, price * price, -price
print price / 3
print price // 3, price % 3, -price // 3, -price % 3, price / 0
print decimal("0.1") + decimal("0.2") == decimal("0.3"), 0.1 + 0.2 == 0.3

# A float that is written in the script is the decimal of its digits beside one, any other float is a float.
print price * 0.81, price > 12.49, decimal("0.1") == 0.1
let tenth = 0.1
print price * tenth, decimal("0.1") == tenth, price between 12.49 and 12.51
print price == 12.5, price < 13, price == "12.500", price in [1, 12.5]

# Conversions and functions.
print decimal(7), decimal(0.1), decimal("-1e3"), decimal("2.345", 2), decimal(2.5, 4)
print int(decimal("7.00")), float(price), string(price), bool(price), bool(decimal(0))
print round(price), round(price, 1), round(decimal("1250"), -2), floor(-price), ceil(price), abs(-price)
print format(decimal("1234567.891"), 2, ","), sqrt(decimal("6.25")), min_of(price, 3, 13), max_of(price, 13)
print hash(price) == hash(decimal("12.5000")), price ?? 1, if(price > 1, price, 0)
print "a price of ${price}", [price, 1], {price: price}

# Columns.
let orders = [
    {id: 1, region: "EU", amount: decimal("19.99"), rate: 0.5},
    {id: 2, region: "UK", amount: decimal("5.5"), rate: 0.25},
    {id: 3, region: "EU", amount: 7, rate: 2.0},
    {id: 4, region: "UK", amount: null, rate: 1.0},
]
orders | show
orders | derive net = amount * 0.81, third = amount / 3, float = amount * rate, whole = amount // 2 | show
orders | where amount > 5.5 or amount == "5.50" | show
orders | where amount in [7, 19.99, "5.5"] | select id | show
orders | summarize total = sum(amount), mean = avg(amount), least = min(amount), most = max(amount), middle = median(amount), n = count_distinct(amount) by region | show
orders | derive so_far = cumsum(amount) over (sort id), before = lag(amount) over (sort id), smooth = moving_avg(amount, 2) over (sort id) | select id, so_far, before, smooth | show
orders | sort amount desc | select id, amount | show
orders | cast amount = string | select amount | cast amount = decimal | show

# Keys are equal by value, whatever the digits after their points.
let prices = [{amount: decimal("7.000"), name: "seven"}, {amount: decimal("5.500"), name: "five and a half"}]
orders | join prices on amount | select id, amount, name | show
orders | join full ([{id: 3, x: "three"}, {id: decimal("9"), x: "nine"}]) on id | select id, x | show
[{n: 1}] | union [{n: decimal("2.5")}] | union [{n: decimal("0.125")}] | show
[{n: 1.50}, {n: 2}] | unpivot n into name, value | show

# A sum of ints is an int or, where 64 bits are too few, a decimal, also for what comes after it.
let large = [{n: 9223372036854775807, k: "a"}, {n: 9223372036854775807, k: "a"}, {n: 1, k: "b"}]
large | summarize total = sum(n) by k | derive half = total / 2, more = total + 1 | show

# Integers beyond 64 bits are decimals, in a file too.
dataset numbers = "large.csv"
open "large.csv" | derive more = n + 1 | show
open "large.csv" | export jsonl

# In SQL decimals are texts that compare as numbers.
let j = run "select n, 'x' || n as text from numbers where n > 0 order by n desc"
j | derive half = n / 2 | show
let wanted = decimal("9223372036854775808.0")
print (run "select count(*) as found, min(n) as least from numbers where n = ${wanted} or n < -1")[0]
