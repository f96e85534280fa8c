let all = [run a, run b]
