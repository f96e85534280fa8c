# assert passes where its condition is true; false and null fail, with the text where there is one.
assert 1 < 2
assert true "never shown"
try { assert 1 > 2 } catch e { print e.code, e.message }
try { assert null "null is not true" } catch e { print e.message }
try { assert 1 } catch e { print e.code }
print "on"
