# union goes by the columns' names, keeps duplicates, and fills with null.
let a = [{x: 1, y: "a"}]
let b = [{y: "b", x: 2}, {x: 1, z: true}]
a | union b | show
a | union a | count
a | union [{x: 2.5}] | show
