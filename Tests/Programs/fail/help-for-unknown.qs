help exprot
