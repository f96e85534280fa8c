def f(a, a) { a }
