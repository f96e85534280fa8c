# $name is always the variable, where a bare word would be itself or a column.
let least = 2
let rows = [{n: 1}, {n: 2}, {n: 3}]
rows | where n > $least | show
let format = "tsv"
rows | take 1 | export $format
let name = "n"
rows | rename m = $name | take 1 | show
