dataset orders
