# Texts are counted, cut and filled by code points.
let word = "naïve"
print len(word), [substr(word, 3), substr(word, 3, 1), substr(word, -2), substr(word, 2, 0), substr(word, 9), substr(word, -9, 3)]
print pad_left(word, 7, "·"), pad_right(word, 7, "·"), pad_left(word, 3), pad_left("7", 4, "ab")
print split("añb", ""), upper("straße"), lower("ÀÉ"), len("👍🏽"), trim("\t a b \n")
[{s: "naïve"}, {s: "日本語"}, {s: ""}, {s: null}] | derive n = len(s), part = substr(s, 2, 2), last = substr(s, -1), wide = pad_left(s, 4, "*")
