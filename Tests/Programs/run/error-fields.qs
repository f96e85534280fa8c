# What catch gets: the kind, the words, the line, and the job that failed.
try {
    print [1] + 2
} catch e { print e.code, e.line, e.job }
let j = run "select * from nowhere"
try { wait j } catch e { print e.code, e.message }
try { run "select 1" with x=1 } catch e { print e.code, e }
try { fail {code: 1} } catch e { print e.code, e.message }
