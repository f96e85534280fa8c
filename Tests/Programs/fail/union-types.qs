let orders = open "orders.csv"
orders | union [{id: "a"}]
