# Calls: the Fibonacci numbers in the way that computes them over and over.
def fib(n) {
    if n < 2 { return n }
    return fib(n - 1) + fib(n - 2)
}
print fib(30)
