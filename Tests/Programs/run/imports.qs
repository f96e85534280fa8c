# Imports: names of other files, each run once, found beside the file that imports them.
let mine = 1
import "lib/money.qs"
import "lib/../lib/tax.qs"
print net(100), currency, rate, mine
