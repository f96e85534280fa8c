let export = 1
