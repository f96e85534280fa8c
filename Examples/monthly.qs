# One month's revenue by region and product, as CSV. Run it from any folder:
#
#     Scripts/qs Examples/monthly.qs > may.csv

# The rows: orders.csv, in the folder of this script. A query sees them as the table `orders`.
dataset orders = "${script_dir}/orders.csv"

# The question, kept under a name. {{month}} is a parameter: whoever runs the query gives its value, which is bound and never pasted into the text.
# `dataset` in the text is the data set that the query runs on.
save qry_xyz as """
    select region, product, count(*) as orders, round(sum(quantity * price), 2) as revenue
    from dataset
    where substr(order_date, 1, 7) = {{month}}
    group by region, product
    order by region, product
    """ on orders describe "Revenue by region and product in one month, such as 2024-05"

# Run it, wait for it, write what came out. Some things to do with `j` before the export:
#     j | where revenue > 1000 | sort revenue desc | export csv
let j = run qry_xyz with month="2024-05"; wait j; export j csv
