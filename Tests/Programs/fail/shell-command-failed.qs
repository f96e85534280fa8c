# A command that fails is an error with its status.
let out = sh "exit 3"
print out
