# The variable of a loop is a new one each round, which functions made there keep.
let made = []
for n in 1..3 { def get() { n }; made = made + [get] }
for get in made { print get() }
for n in 1..2 { n = n * 10; print n }
