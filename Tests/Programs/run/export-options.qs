# The options of a format stand after with.
let rows = [{a: 1, b: "x;y"}, {a: null, b: "q\"q"}]
export rows csv
export rows csv with delimiter=";", header=false
export rows csv with null="NA"
export rows tsv
rows | export jsonl
