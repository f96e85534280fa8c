# Interpolation and strings over several lines.
let name = "world"
let n = 3
print "hello ${name}, ${n + 1} times ${[n, name]} ${null}"
print "nested ${"inner ${n * 2}"} done"
print """
    first
      indented
    last ${name}
    """
print '''
    raw ${name}
    '''
print "a" + "b" + name
