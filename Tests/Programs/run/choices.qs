# if, case and coalesce, of values and of columns.
print if(1 > 2, "a", "b"), case(1 > 2, "a", 2 > 1, "b", "c"), coalesce(null, null, "z"), if(null, 1, 2)
open "orders.csv" | select id, size = case(quantity > 6, "large", quantity > 2, "medium", quantity is null, "unknown", "small"),
                          n = coalesce(quantity, 0), flag = if(returned, "R", "-") | show
