# Text sorts by code point: capitals before small letters, accents behind all of those.
let words = []
for w in ["b", "a", "B", "é", "ab", "", "Z", "東"] { words = words + [{w: w}] }
print (words | sort w).w
print (words | sort lower(w), w).w
