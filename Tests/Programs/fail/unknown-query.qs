save qry_xyz as "select 1 as one"
run qry_xzy
