print quantile([1, 2, 3], 90)
