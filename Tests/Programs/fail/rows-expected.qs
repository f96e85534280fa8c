5 | where a > 1
