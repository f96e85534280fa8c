# Loops with numbers: sums, products, and a search that stops.
let sum = 0
for n in 1..100 { sum = sum + n }
print sum
let primes = []
for n in 2..30 {
    let is_prime = true
    for p in primes { if n % p == 0 { is_prime = false; break } }
    if is_prime { primes = primes + [n] }
}
print primes
let steps = 0
let n = 27
while n != 1 { if n % 2 == 0 { n = n // 2 } else { n = 3 * n + 1 }; steps = steps + 1 }
print steps
