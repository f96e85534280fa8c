# + joins text with text and lists with lists.
print "a" + "b" + "", [1] + [2] + [], [[1]] + [2]
try { print "a" + 1 } catch e { print e.code }
try { print [1] + 2 } catch e { print e.code }
print "a" + string(1) + string(2.50) + string(true)
