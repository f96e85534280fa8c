# let makes a new variable, also of a name that is there; a block's own ends with it.
let x = 1
let x = x + 1
print x
if true {
    let x = x * 10
    print x
}
print x
for x in [7] { print x }
print x
