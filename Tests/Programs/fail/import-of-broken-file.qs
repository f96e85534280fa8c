import "lib/broken.qs"
