print env("A", "B")
