# Literals, and how print writes them.
print 42, 1_000_000, 0xff, -7
print 2.5, 5.0, 1e9, 1e300
print true, false, null
print 250ms, 30s, 5m, 2h, 1d, 2w, 90m
print @2024-05-01, @2024-05-01T10:00:00Z, @2024-05-01T10:00:00
print [1, 2, "a"], {name: "a", n: 2, `two words`: null}
print "tab\there", 'raw ${x} \n it''s', "smile \u{1F600}", "dollar \$ sign"
print 1..3
