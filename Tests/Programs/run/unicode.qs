# Text is Unicode: lengths in code points, any characters in strings and in backticks.
let `größe` = 3
print `größe`, len("Zoë"), upper("zoë"), substr("東京都", 2, 1)
