plot [{a: "x"}] line
