# A statement goes on behind an operator, a comma, an equals sign and a pipe.
let x =
  10 -
  4
print x,
  x +
  1
[{n: 3}, {n: 1}] |
  sort n |
  show
