print rond(2.5)
