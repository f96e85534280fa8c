let r = {a: 1}
let l = [1, 2]
r.a = 2
l[0] = 3
