# Several frames make one workbook, a sheet each; its parts are files in a zip, which Python reads.
let place = sh "mktemp -d"
let rows = [{region: "EU", n: 1}, {region: "US", n: 2}, {region: "EU", n: 3}]
let eu = rows | where region == "EU"
let us = rows | where region == "US"
export {EU: eu, US: us} to "${place}/r.xlsx"
print (sh "python3 ../Peers/workbook.py ${place}/r.xlsx")
rows | take 1 | export to "${place}/one.xlsx" with sheet="First & last"
print (sh "python3 ../Peers/workbook.py ${place}/one.xlsx")
rows | export xlsx through "cat" to "${place}/same.xlsx"
rows | export to "${place}/other.xlsx"
print (sh "cmp ${place}/same.xlsx ${place}/other.xlsx && echo same")
sh "rm -r ${place}"
