attach nosuchjob
