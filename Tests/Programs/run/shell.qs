# sh gives what a command writes, without the line ends at its end.
let out = sh "echo one; echo two"
print out, len(out)
print (sh "printf x"), (sh "true") == ""
try { sh "exit 7" } catch e { print e.code, e.message }
let lines = sh "printf 'a\nb\n\n'"
print "<${lines}>"
