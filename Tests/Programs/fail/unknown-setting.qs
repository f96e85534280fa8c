set rowz = 3
