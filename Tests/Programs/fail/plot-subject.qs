plot 5
