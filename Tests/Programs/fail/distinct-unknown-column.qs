let orders = open "orders.csv"
orders | distinct regio
