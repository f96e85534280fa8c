print env(1)
