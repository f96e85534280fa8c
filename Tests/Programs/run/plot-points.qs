# Points and histograms; few ints that repeat are names, many values have bins.
let pairs = [{x: 5.5, y: 2.0, k: "a"}, {x: 1.25, y: 8.5, k: "b"}, {x: 9.0, y: 4.0, k: "a"}, {x: 3.0, y: 9.75, k: "b"}]
pairs | select x, y | plot
plot pairs point x y y x by k
plot [{n: 2}, {n: 6}, {n: 3}, {n: 3}, {n: 1}, {n: 5}, {n: 3}]
plot (open "orders.csv") histogram x price by returned
