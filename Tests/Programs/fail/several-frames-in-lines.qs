let a = [{x: 1}]
export {EU: a, US: a} to "x.ndjson"
