# What is left out gets its default, computed at each call, from the arguments before it.
def area(width, height = width, unit = "m") { "${width * height} ${unit}2" }
print area(3), area(3, 2), area(3, 2, "cm")
let calls = 0
def next() { calls = calls + 1; calls }
def numbered(text, number = next()) { "${number}: ${text}" }
print numbered("a"), numbered("b"), numbered("c", 9), calls
