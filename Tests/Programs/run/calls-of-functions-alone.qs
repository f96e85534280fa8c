# A call that stands alone is shown, but for null: such a function was called for what it does.
def three() { 3 }
def nothing(text) { print "did ${text}" }
three()
nothing("it")
"piped" | nothing()
null
