# env looks up a variable of the environment; null where there is none.
print env("PATH") is not null, env("QS_NOT_SET"), env("QS_NOT_SET") ?? "default"
[{n: 1}, {n: 2}] | where n == int(env("QS_NOT_SET") ?? "2") | show
