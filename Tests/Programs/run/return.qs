# return leaves a function at once, from any depth of loops and blocks.
def find(list, wanted) {
    for i in 0..9 {
        if list[i] is null { return }
        if list[i] == wanted { return i }
    }
}
print find(["a", "b"], "b"), find(["a"], "z")
def tried() { try { return "from try" } catch e { return "caught" } }
print tried()
