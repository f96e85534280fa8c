let j = run "select * from nowhere"
wait j
