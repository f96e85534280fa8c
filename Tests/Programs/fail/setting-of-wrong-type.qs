set timeout = 5
