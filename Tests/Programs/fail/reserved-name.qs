let in = 1
