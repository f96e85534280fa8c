let orders = open "orders.csv"
orders | join [{customr: "a"}] on customer
