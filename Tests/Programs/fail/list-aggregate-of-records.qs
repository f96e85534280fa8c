print count([{a: 1}, {a: 2}])
