let n = 1
let total = 2
print x
print totl
