save one as "select {{n}} as n"
run one with n=1, n=2
