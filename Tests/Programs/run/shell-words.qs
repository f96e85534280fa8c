# ${x} in a command is one quoted word, whatever is in it.
let name = "a b; echo 'broken' \"$(echo worse)\" `x` * #"
print (sh "printf '<%s>' ${name}")
print (sh "printf '<%s>' ${1} ${""} ${null} x${2}y")
let folder = "run/lib"
print (sh "cd ${folder} && basename \"$PWD\"")
print int(trim((sh "f() { printf '%s' ${name}; }; f other | wc -c"))) == len(name)
