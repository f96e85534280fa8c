let j = run "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n" timeout 100ms
wait j
