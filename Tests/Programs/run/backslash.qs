# A backslash at the end joins lines that nothing else would.
print \
  1, \
  2
let n = 5 \
  - 2
print n
