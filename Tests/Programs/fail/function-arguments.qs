print round()
