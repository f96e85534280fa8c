open "README.md.bak" | count
