# Lists hold anything, also each other; negative indexes count from the end; one that is not there gives null.
let list = [1, "two", [3, 4], {five: 5}, null]
print list
print list[0], list[2][1], list[3].five, list[-1], list[-5], list[9], list[-9]
print [] + [1], [[]] + [[]]
print [1, 2] + [3]
