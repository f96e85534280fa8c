print read("nowhere.sql")
