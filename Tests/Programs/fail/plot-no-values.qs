open "orders.csv" | select region, nothing = float(if(price > 1000, price, null)) | plot
