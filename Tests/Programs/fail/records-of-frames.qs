let f = [{a: 1}] | take 1
[{a: {b: f}}] | take 1
