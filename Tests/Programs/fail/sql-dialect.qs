export [{x: 1}] sql with dialect="oracle"
