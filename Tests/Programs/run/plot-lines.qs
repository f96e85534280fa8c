# Lines: along days, numbers and names, with gaps where there is no value.
let days = [{day: @2024-05-01, a: 3, b: 1.5}, {day: @2024-05-03, a: 5, b: 4.5}, {day: @2024-05-02, a: null, b: 2.5}, {day: @2024-05-04, a: 1, b: 0}, {day: @2024-05-05, a: 2, b: 3.25}]
days | select day, a | plot
days | plot line y b
plot days line x day y a, b
[{month: "May", n: 3}, {month: "June", n: 7}, {month: "July", n: 5}] | plot line
[{n: 1}, {n: 4}, {n: 9}, {n: 16}] | plot line y n
