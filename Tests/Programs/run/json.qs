# JSON columns: where they come from, what is reached in them, and what it says.
let f = [
  {id: 1, p: {name: "ann", n: 1, tags: ["a", "b"], at: {day: "2024-05-01"}}},
  {id: 2, p: {name: "bob", n: "7", ok: true}},
  {id: 3, p: [1, 2.5, null]},
  {id: 4, p: null},
]
f
# `.name` and `[i]` reach in; what is not there is null.
f | select id, name = p.name, tag = p.tags[0], last = p.tags[-1], day = p.at.day, at = p["at"], one = p[1], gone = p.x.y[3]
# A comparison reads the value as what it is compared with; of another kind it is null.
f | select id, n = p.n == 1, day = p.at.day < @2024-06-01, ok = p.ok == true, name = p.name in ["bob"], tag = "b" in p.tags, big = p[1] > 2
f | where p.n > 0 | select id
# The conversions say what type is meant.
f | where id < 3 | select id, n = int(p.n), x = float(p.n) / 2, name = string(p.name), whole = string(p), ok = bool(p.ok), day = date(p.at.day), len = len(p)
# json(text) checks and keeps the digits.
[{t: ' {"a": [1.50, 1e3,  "x"]} '}, {t: "null"}] | derive j = json(t) | select j, a = j.a, f = float(j.a[1])
# A list of JSON becomes rows.
f | where id != 2 | derive part = p.tags ?? p | select id, part | explode part

# In a script JSON is looked into as lists and records are, and its leaves are values.
let rows = f | where true
let q = rows[0].p
print q, q.name, q.n + 1, q.tags[1], q.at.day, q.missing, len(q)
for tag in q.tags { print tag }
for field in rows[1].p { print field.key, field.value }
print rows[2].p[1] * 2, q.tags + ["c"], "a" in q.tags, json([1, {a: null}]), json("2") + 1
f | where id == q.n | select id, limit = q.n
json('[{"a": 1, "b": [1, 2]}, {"a": 2.5}]') | derive len = len(b)
f | cast p = string | take 1
