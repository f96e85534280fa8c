let prices = [{price: decimal("12.50")}]
prices | where price > "12,50"
