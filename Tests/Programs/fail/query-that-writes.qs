let j = run "create table t(a)"
wait j
