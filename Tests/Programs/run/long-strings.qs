# The indentation of the closing line is taken off every line; deeper lines keep what is left.
let n = 2
let text = """
    first ${n}
      deeper "quoted"

    tab\tend
    """
print text
print len("""one line""")
def indented() {
    """
    in a function
    """
}
print indented()
