let p = "a[b"
print "x" matches p
