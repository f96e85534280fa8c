export [{x: "a\u{1b}b"}] to "never.xlsx"
