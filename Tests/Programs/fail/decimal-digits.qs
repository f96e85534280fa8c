let rows = [{x: 0.1}, {x: 1.2345678901234567e-5}]
rows | cast x = decimal
