let j = [{a: 1}]
export j json.gz
export j out.csv.gz
