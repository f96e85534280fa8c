# Functions of the script in expressions over columns give what they give row by row.
let rows = open "orders.csv" | select id, region, customer, quantity, price, returned

def net(x) { x * 0.81 }
rows | derive n = net(price) | select id, price, n | take 3 | show

let rate = 0.5
let discounts = {EU: 0.1, rest: 0.2}
def with_default(x, factor = rate * 2) { x * factor }
def size(n) {
    if n is null { return "none" }
    if n > 10 { "large" } else if n > 4 { "middle" } else { "small" }
}
def partly(n) {
    let twice = n * 2
    if n > 3 {
        let twice = 100
        if n > 10 { return twice + n }
    }
    let more = twice + 1
    if more > 5 { return more }
    -more
}
def without_else(b) { if b { "yes" } }
def nothing(x) { let y = x }
def early(x) {
    return x + 1
    x + 2
}
def label(region, n) { "${region}: ${n ?? 0} of ${size(n)}" }
def area(x) { if x in ["EU", "UK"] { "Europe" } else { lower(x) } }
def reduced(x, region) { if region == "EU" { x * (1 - discounts.EU) } else { x * (1 - discounts.rest) } }
def guarded(n) { if n > 3 { 100.0 // (n - 3) } else { n / 0 ?? -1.0 } }
def mean(a, b) { (a + b) / 2 }
def round(x) { "rounded ${x}" }
def between_both(x, low, high) { x between low and high and not (x == low) }

# Each function over a column, and in a loop over the rows.
let columns = rows | select \
    net = net(price), half = with_default(price), third = with_default(price, 3), size = size(quantity), partly = partly(quantity),
    yes = without_else(returned), nothing = nothing(price), early = early(quantity), label = label(region, quantity), area = area(region),
    reduced = reduced(price, region), guarded = guarded(quantity), mean = mean(mean(quantity, price), price), round = round(price),
    both = between_both(quantity, 1, 7)
let different = 0
let index = 0
for r in rows {
    let alone = {
        net: net(r.price), half: with_default(r.price), third: with_default(r.price, 3), size: size(r.quantity), partly: partly(r.quantity),
        yes: without_else(r.returned), nothing: nothing(r.price), early: early(r.quantity), label: label(r.region, r.quantity),
        area: area(r.region), reduced: reduced(r.price, r.region), guarded: guarded(r.quantity),
        mean: mean(mean(r.quantity, r.price), r.price), round: round(r.price), both: between_both(r.quantity, 1, 7)
    }
    for field in alone {
        if "${field.value}" != "${columns[index][field.key]}" {
            print "different:", field.key, index, field.value, columns[index][field.key]
            different = different + 1
        }
    }
    index = index + 1
}
print index, "rows,", different, "different"
columns | take 3 | export json

# In every transform, and in other functions.
rows | where size(quantity) == "large" | select id, quantity | show
rows | sort net(price) desc | take 2 | select id | show
rows | summarize total = net(sum(price)) by area = area(region) | show
rows | pivot region = early(count()) by returned | show
def priced(frame, least) {
    def is_dear(x) { net(x) > least }
    frame | where is_dear(price) | select id, price
}
rows | priced(40) | show
for least in [10, 200] {
    def dear(x) { x > least }
    print least, (rows | where dear(price) | count)
}
import "lib/prices.qs"
rows | derive g = gross(price) | select id, g | take 2 | show
