print count()
