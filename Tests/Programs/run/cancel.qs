# A job that was cancelled is so at once, and one that has ended stays as it is.
let j = run "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
cancel j
print j.status
let k = run "select 1 as one"
wait k
cancel k
print k.status
