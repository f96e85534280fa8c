export [{x: 1, X: 2}] sql with dialect="sqlite"
