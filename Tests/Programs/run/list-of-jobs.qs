# jobs is a frame like any other, newest first.
wait (run "select 1 as n")
wait (run "select 2 as n union select 3")
jobs | select status, rows, error | show
jobs | schema
