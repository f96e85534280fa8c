# The column after on comes once, filled from either side; others of both sides get _right.
let a = [{k: 1, v: "a1"}, {k: 2, v: "a2"}]
let b = [{k: 2, v: "b2"}, {k: 3, v: "b3"}]
a | join full b on k | show
a | join b on k == k | show
a | join right b on k | show
