def f(a) {
    a
