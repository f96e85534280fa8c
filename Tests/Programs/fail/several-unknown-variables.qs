print one
print two(3)
three = 4
