# Names with any characters stand in backticks, as columns, fields, variables and new names.
let rows = [{`Total Revenue`: 10, `a-b`: 1, `größe`: 2}, {`Total Revenue`: 20, `a-b`: 3, `größe`: 4}]
rows | where `Total Revenue` > 10 | select `Total Revenue`, `net %` = `Total Revenue` - `a-b`
rows | summarize `sum of all` = sum(`größe`) by `a-b`
let `my rows` = rows | rename plain = `Total Revenue`
print `my rows`[0].plain, `my rows`.`a-b`, rows[1]["Total Revenue"]
