where region == "EU"
