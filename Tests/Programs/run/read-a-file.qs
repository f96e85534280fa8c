# read gives a file as one string.
let text = read("pipes.txt")
print text
print len(text), substr(text, 1, 3)
try { read("nowhere.txt") } catch e { print e.code }
