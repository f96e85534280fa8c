# Ints: 64 bits, with underscores and in hexadecimal.
print 0, 7, 1_000_000, 0xff, 0xFFFF_FFFF, -42
print 9223372036854775807, -9223372036854775808
try { print 9223372036854775807 + 1 } catch e { print e.code }
try { print -9223372036854775808 - 1 } catch e { print e.code }
try { print 4_000_000_000 * 4_000_000_000 } catch e { print e.code }
