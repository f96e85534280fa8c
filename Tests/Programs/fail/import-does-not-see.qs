let secret = 1
import "lib/peeks.qs"
