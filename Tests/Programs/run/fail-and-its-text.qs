# fail takes any value for its text, or an error that was caught.
try { fail "plain" } catch e { print e.code, e.message }
try { fail "rows: ${[1, 2]}" } catch e { print e.message }
try { fail 42 } catch e { print e.message }
try { try { print 1 + "a" } catch e { fail e } } catch e { print e.code }
