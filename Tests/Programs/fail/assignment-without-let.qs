count_of = 1
