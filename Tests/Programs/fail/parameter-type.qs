save one as "select {{n}} as n"
run one with n={a: 1}
