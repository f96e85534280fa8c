export [{a: 1}] "out.csv"
