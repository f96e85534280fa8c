# An error of a shell command that failed has its status, any other null.
try { sh "exit 3" } catch e { print e.code, e.status }
try { [{a: 1}] | export csv through "exit 4" } catch e { print e.code, e.status }
try {
    try { sh "exit 5" } catch e { fail e }
} catch e { print e.code, e.status }
try { fail "no command" } catch e { print e.code, e.status }
