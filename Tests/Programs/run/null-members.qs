# Null has every field and element, and all of them are null.
let nothing = null
print nothing.name, nothing[0], nothing.a.b[1].c ?? "none"
print [null][0], [{a: null}][0].a.b
