local function orders(n)
    local all = {}
    for i = 1, n do all[#all + 1] = {id = i, name = "n" .. i % 100, amount = i * 2} end
    return all
end
local sum = 0
for _, order in ipairs(orders(1000000)) do sum = sum + order.amount end
print(sum)
