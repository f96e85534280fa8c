# A report as one would write it: the best order of each region with its share.
let orders = open "orders.csv" | where price is not null and quantity is not null | derive revenue = quantity * price
let totals = orders | summarize total = sum(revenue) by region
orders
| sort revenue desc
| take 1 by region
| join totals on region
| select region, id, share = round(100 * revenue / total, 1)
| sort region
| export markdown
