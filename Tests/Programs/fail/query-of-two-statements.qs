let j = run "select 1; select 2"
wait j
