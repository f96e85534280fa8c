let r = {name: "a", size: 2}
print r.nmae
