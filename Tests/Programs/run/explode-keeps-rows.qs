# explode makes a row of each element, and one row with null of a list that is null or empty.
let orders = [{id: 1, tags: ["new", "late"]}, {id: 2, tags: []}, {id: 3, tags: null}, {id: 4, tags: ["new"]}]
orders | explode tags
print (orders | explode tags | count), (orders | explode tags | where tags is not null | count)
orders | explode tags | where tags is not null | summarize orders = list(id) by tags
# Elements stay in their order, and the columns where they are.
[{a: 1, l: [3, 1, 2], z: "x"}] | explode l
