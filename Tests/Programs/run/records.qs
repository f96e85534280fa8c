# Records keep the order of their fields; a field is reached by its name, or by a text in brackets.
let r = {b: 1, a: {inner: [1, 2]}, `x y`: null}
print r
print r.b, r.a.inner[1], r["b"], r.`x y`
let key = "a"
print r[key].inner
for field in r { print field.key, field.value }
