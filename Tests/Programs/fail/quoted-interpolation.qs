let n = 1
run "select '${n}' as n"
