# A million strings made of pieces and numbers.
def last_text(n) {
    let text = ""
    for i in 1..n { text = "order ${i} of ${n}: ${i * 3} items" }
    return text
}
print last_text(1_000_000)
