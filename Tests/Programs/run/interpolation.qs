# ${} takes any expression: calls, pipelines, strings with ${} of their own.
let name = "Ana"
let rows = [{n: 1}, {n: 2}]
print "${name} has ${(rows | count)} rows, first ${rows[0].n}"
print "${"<" + "${upper(name)}" + ">"}"
print "${null} ${true} ${[1, "a"]} ${{a: "b"}} ${1..3}"
print "${if(name == "Ana", "yes", "no")}"
