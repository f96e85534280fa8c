let orders = open "orders.csv"
orders | sample 3 seed "x"
