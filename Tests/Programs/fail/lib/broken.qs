let a = 1
print missing + secret
