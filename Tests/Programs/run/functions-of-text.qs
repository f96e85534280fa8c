# Functions of text, which count code points.
print lower("ÀB"), upper("straße"), trim("  x "), len("東京"), len("")
print substr("abcdef", 2), substr("abcdef", 2, 3), replace("a-b-c", "-", "+")
print starts_with("monthly", "mon"), ends_with("monthly", "ly"), contains("monthly", "nth")
print pad_left("7", 3, "0"), pad_right("7", 3, "."), "[" + pad_left("x", 3) + "]"
