# $ and backticks name a variable of any name, also where a column of that name is.
let `Total Revenue` = 5
print $`Total Revenue`
[{`Total Revenue`: 1}] | select mine = $`Total Revenue`
