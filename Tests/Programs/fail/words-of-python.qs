let x = None
if x == 1 { print 1 } elif x == 2 { print 2 }
for i in range(10) { print i }
x += 1
print f"{x}", "a".upper(), len [1]
