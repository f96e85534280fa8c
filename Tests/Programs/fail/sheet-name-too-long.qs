let a = [{x: 1}]
export a to "never.xlsx" with sheet="a name that is longer than thirty-one"
