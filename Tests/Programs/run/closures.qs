# A function sees the variables around it, as they are when it runs, and keeps them alive.
def account(balance) {
    def deposit(amount) { balance = balance + amount; balance }
    deposit
}
let mine = account(100)
let yours = account(0)
print mine(5), mine(5), yours(1)
let rate = 2
def scaled(x) { x * rate }
rate = 3
print scaled(10)
