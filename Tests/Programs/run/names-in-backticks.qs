# A name with other characters stands in backticks, wherever a name stands.
let `two words` = 2
let row = {`Total Revenue`: 10, `let`: 1}
print `two words`, row.`Total Revenue`, row.`let`
[row] | derive `net, rounded` = `Total Revenue` * 2 | select `net, rounded` | export csv
