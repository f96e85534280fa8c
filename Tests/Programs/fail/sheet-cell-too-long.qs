let a = [{x: "short"}, {x: pad_left("", 32768, "x")}]
export a to "never.xlsx"
