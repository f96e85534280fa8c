# Nested data: lists and records in each other, reached into by name and index.
let config = {name: "monthly", regions: ["EU", "UK"], limits: {rows: 10, by: [{region: "EU", n: 1}]}}
print config.limits.by[0].region, config.regions[-1], config.limits.rows * 2
for region in config.regions { print "${config.name}-${lower(region)}" }
print (config.limits.by | count)
