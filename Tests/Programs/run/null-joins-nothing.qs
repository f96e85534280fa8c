# In a join a null equals nothing, not even a null.
let a = [{k: 1}, {k: null}]
let b = [{k: 1, x: "one"}, {k: null, x: "none"}]
a | join b on k | show
a | join left b on k | show
a | join anti b on k | show
a | join semi b on k | show
