local function last_text(n)
    local text = ""
    for i = 1, n do text = "order " .. i .. " of " .. n .. ": " .. i * 3 .. " items" end
    return text
end
print(last_text(1000000))
