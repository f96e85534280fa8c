let price = 12
print max(price)
