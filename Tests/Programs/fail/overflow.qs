let large = 9223372036854775807
print large + 1
