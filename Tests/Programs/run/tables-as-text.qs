# html, sql and json: tables as a page, as statements and as an object, of one frame and of several.
let a = [{id: 1, name: "O'Brien & Co", price: decimal("12.50"), day: date("2024-05-01")}, {id: 2, name: null, price: null, day: null}]
let b = [{x: 0.5}]
export a html with fragment=true
export {first: a, second: b} html with title="Two tables"
export a sql with table="orders"
export a sql with table="orders", dialect="mysql", create=false
export {first: a, second: b} sql with dialect="sqlite"
a | take 0 | export sql with dialect="postgres"
let none = b | where x > 1
export {first: a, second: b, third: none} json
