# A function gives its last statement's value, also from the branches of a last if; else null.
def last() { 1; 2; 3 }
def branch(x) { if x { "then" } else { "else" } }
def missing(x) { if x { "then" } }
def assigned() { let a = 1 }
def nothing() { }
print last(), branch(true), branch(false), missing(true), missing(false), assigned(), nothing()
