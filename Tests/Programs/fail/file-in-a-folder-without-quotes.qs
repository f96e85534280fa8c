open data/2024/orders.csv | count
open /tmp/orders.csv
