try { fail "first" } catch e { fail e }
