# The words of usage lines are plain names elsewhere.
let to = 1
let into = 2
let desc = to + into
let any = [to, into, desc]
print to, into, desc, any
[{by: 2, to: 1}, {by: 1, to: 2}] | sort by desc | select by, to | show
