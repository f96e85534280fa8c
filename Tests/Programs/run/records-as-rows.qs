# A list of records stands for a frame: columns in order of first appearance, what is missing is null.
[{a: 1}, {b: "x", a: 2}, {c: true}] | show
[{n: 1}, {n: 2.5}] | derive half = n / 2 | show
{a: 1, b: 2} | show
[{d: @2024-05-01, t: 30s}] | schema
