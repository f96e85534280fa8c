# A value is a word of its own, so it cannot stand between quotes.
let name = "x"
sh "echo '${name}'"
