print hash({a: 1})
