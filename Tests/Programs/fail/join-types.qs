let orders = open "orders.csv"
orders | join [{name: "a"}] on id == name
