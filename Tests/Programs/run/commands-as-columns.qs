# A column may bear the name of a command or a transform.
let days = [{open: 10, run: 1, count: 3}, {open: 12, run: 2, count: 4}]
days | where (open > 10) | select open, run, count | show
days | derive show = open + run | select show | show
