# Functions may call themselves and each other, whichever stands first.
def fact(n) { if n <= 1 { 1 } else { n * fact(n - 1) } }
print fact(10), depth(1000), even(7)
def depth(n) { if n == 0 { return 0 }; 1 + depth(n - 1) }
def even(n) { if n == 0 { true } else { odd(n - 1) } }
def odd(n) { if n == 0 { false } else { even(n - 1) } }
