let j = run "select 1 as one"
print j.sttus
