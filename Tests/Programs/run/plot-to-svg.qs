# A file of a chart appears whole or not at all, and an ending that means something else is refused.
let folder = sh "mktemp -d"
let orders = open "orders.csv"
orders | summarize revenue = sum(price) by region | plot to "${folder}/revenue.SVG"
print (sh "head -c 38 ${folder}/revenue.SVG")
try { plot orders line x region y note to "${folder}/never.svg" } catch e { print e.code }
try { plot orders to "${folder}/never.png" } catch e { print e.code, e.message == "a chart is written as SVG, and the name `${folder}/never.png` does not end with `.svg`" }
print (sh "ls ${folder}")
sh "rm -r ${folder}"
