dataset readme = "README.md"
