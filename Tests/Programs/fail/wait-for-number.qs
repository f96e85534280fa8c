wait 5
