[{p: {a: 1}}, {p: {a: 2}}] | sort p
