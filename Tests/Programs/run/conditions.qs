# The first condition that is true decides; null is not true, and neither is its opposite.
def size(n) { if n > 10 { "large" } else if n > 5 { "medium" } else { "small" } }
print size(11), size(6), size(1)
if null { print "never" } else { print "null is not true" }
if null == 1 or not null { print "never" } else { print "nor is not null" }
if 1 < 2 and not (2 < 1) { print "yes" }
