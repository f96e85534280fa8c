# A def is known throughout its block, before and after where it stands, and nowhere else.
print outer(2)
def outer(n) {
    let doubled = twice(n)
    def twice(n) { n * 2 }
    doubled + 1
}
def twice(n) { "outside" }
print twice(2), outer(3)
if true {
    print twice(1)
    def twice(n) { n * 20 }
}
print twice(1)
