def orders(n):
    all = []
    for i in range(1, n + 1):
        all.append({"id": i, "name": f"n{i % 100}", "amount": i * 2})
    return all


sum = 0
for order in orders(1_000_000):
    sum = sum + order["amount"]
print(sum)
