let d = @2024-05-01
print d.month
