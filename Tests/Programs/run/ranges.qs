# A range includes both its ends; one that ends before it begins is empty.
for n in 1..3 { print n }
for n in 3..1 { print "never" }
for n in -1..1 { print n }
let last = 2
for n in 0..last * 2 { if n % 2 == 0 { print n } }
print 5 in 1..10, 11 in 1..10, 1..3
