[{t: "[1, 2]"}, {t: "[1, 2"}] | derive j = json(t)
