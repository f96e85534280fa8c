print sum([1, "two", 3])
