# A line's end ends nothing while a bracket is open.
let sum = (1
  + 2)
let list = [
  sum,
  sum * 2,
]
let record = {
  a: list,
  b: {
    c: 1,
  },
}
print record
print max_of(
  1,
  5
)
