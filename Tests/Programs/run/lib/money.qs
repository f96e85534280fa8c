import "tax.qs"
let currency = "EUR"
def net(amount) { round(amount / (1 + rate), 2) }
