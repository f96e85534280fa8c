# A file is imported once, however often it is named, and in whichever way.
import "lib/spoken.qs"
import "lib/spoken.qs"
import "lib/../lib/spoken.qs"
print spoken
