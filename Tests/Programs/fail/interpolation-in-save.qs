let n = 1
save one as "select ${n} as n"
