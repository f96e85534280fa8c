let revenue = 1
print revnue
