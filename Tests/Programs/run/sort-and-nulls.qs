# Nulls come last, in either direction, unless said otherwise.
let rows = open "orders.csv" | select id, quantity | where id > 4
rows | sort quantity | show
rows | sort quantity desc | show
rows | sort quantity nulls first | show
rows | sort quantity desc nulls first | take 1 | show
