export [{x: "a\0b"}] html
