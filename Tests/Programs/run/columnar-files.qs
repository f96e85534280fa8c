# Arrow and parquet files keep every type, and rows that are null.
let place = sh "mktemp -d"
let rows = [{id: 1, price: decimal("12.50"), day: date("2024-05-01"), at: timestamp("2024-05-01T10:00:00Z"), tags: ["a", null], data: json("{\"n\":1}")}]
let all = rows | derive region = "EU", none = null, long = 90s, ok = id == 1, half = id / 2
for format in ["arrow", "arrows", "parquet"] {
    export all to "${place}/rows.${format}"
    let back = open "${place}/rows.${format}"
    back | schema | export csv
    export back jsonl
}
export all parquet to "${place}/packed.parquet" with compression="gzip", group=1
print (open "${place}/packed.parquet" | count)
dataset packed = "${place}/packed.parquet"
run "select region, count(*) as n from packed group by region" | export csv
try { open "small.csv.gz" as parquet } catch e { print e.code }
sh "rm -r ${place}"
