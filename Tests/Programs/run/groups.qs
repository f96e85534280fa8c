# Groups and what is computed of them.
let orders = open "orders.csv"
orders | summarize orders = count(), total = round(sum(quantity * price), 2), lowest = min(price), last_name = max(customer) by region | show
orders | summarize mean = sum(price) / count(price), share = round(100 * sum(quantity) / sum(price), 1) | show
orders | summarize n = count(), notes = count(note), customers = count_distinct(customer) by month = month(order_date), returned | show
orders | summarize middle = median(price), low = quantile(quantity, 0.25), spread = round(stddev(quantity), 3), v = variance(quantity) by returned | show
orders | summarize first_note = first(note), last_note = last(note), biggest = max(quantity) by region | show
orders | summarize label = "${count()} of ${region}" by region | show
orders | where id > 100 | summarize n = count(), total = sum(quantity), mean = avg(price), d = max(order_date) | show
print (orders | where id > 100 | summarize n = count() by region | count)
orders | summarize flagged = count(if(returned, id, null)) by big = price > 15 | sort big nulls first | show
let factor = 2
orders | summarize doubled = $factor * sum(quantity) by region | sort doubled desc | take 1 | show
orders | distinct region | select id, region | show
orders | distinct region, returned | select id, region, returned | show
orders | select region | distinct | show
