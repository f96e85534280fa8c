if true { import "lib.qs" }
