def last_text(n):
    text = ""
    for i in range(1, n + 1):
        text = f"order {i} of {n}: {i * 3} items"
    return text


print(last_text(1_000_000))
