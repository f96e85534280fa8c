"""The hand-written pipelines: every operator and function on values at the edges of its type.

A pipeline in DIFFERENT answers otherwise by design; its key is the row of the table in docs/frames.md that says why.
"""

# Each expression becomes a column of its own over all rows of `edges`.
EXPRESSIONS = """
j + 1; j - 3; j * j; -j; j / 4; j / 0; 0 / j; j // 3; j // -3; -j // 3; j // 0; j % 3; j % -3; -j % 3; j % 0; i // 7; i % 7; i // 1000
f + 1; f - 0.1; f * 2; -f; f / 2; f / 0; 1 / f; 0 - f; f + f; f - f; f * 0.0; g // 0.5; g % 0.25; j + g; g * j; j / g
i == 7; i != 7; i < 0; i <= -1; i > 1000; i >= 9007199254740993; i == j; f == 0.0; f == -0.0; f != f; f == f; f < 1; f > 1e308; f >= f
j == g; j < g; f == 0.1; s == ""; s == "é"; s != "a"; s < "b"; s > "é"; s <= u; u == "EU"; b == true; b != false; b < true
d == @2024-02-29; d < @1970-01-01; d >= e; d == "2024-02-29"; ts > @2000-01-01T00:00:00; ts <= ts; z == z; d < ts; ts == "2000-01-01T00:00:00"
i in [1, 7, 1000]; i not in [1, 7]; s in ["a", "é", ""]; u in ["EU", null]; j in [1, null, 2]; f in [0.1, 2.5]; d in [@1970-01-01, @2024-02-29]
j between -1 and 3; j not between 1 and 2; s between "a" and "b"; d between @1900-01-01 and @2000-12-31; f between -1 and 1; j between null and 3
s like "a%"; s like "%é%"; s like "_"; s like "__"; s like "%"; s like ""; s like "%b%"; s not like "a%"; s like "%0%"; s like "a_c%"; s like "%z"
s like "さ%"; s like "_é%"; s like "%_%"; u like "U_"; s like u; s like "%b_d%g%"
i is null; f is not null; s is null; b is null; not b; b and true; b or true; b and null; b or null; null and b; b and j > 0; b or f > 0; not (b and j > 1)
i ?? 0; f ?? 0; s ?? "none"; b ?? false; d ?? @2024-01-01; j ?? g; u ?? s ?? "x"; null ?? j
s + "x"; s + s; u + s; "pre-" + u; s + null
e - 0d; ts + 0s; @2024-01-31 + 2d; d - e; ts - ts; z - z; d - @1970-01-01; (d - e) * 2; d - e > 1d
abs(j); abs(f); abs(g); round(f); round(g); round(g, 1); round(f, 2); round(j, -1); round(g, -1); round(i); floor(f); floor(g); ceil(f); ceil(g); floor(i); ceil(j)
sqrt(f); sqrt(j); ln(f); ln(j); exp(g); exp(j); power(g, 2); power(j, 3); power(2, j); power(f, 0); power(f, 0.5)
min_of(i, j); max_of(i, j); min_of(f, g); max_of(f, g); min_of(s, u); max_of(s, u, "m"); min_of(d, e); max_of(ts, ts); min_of(j, g)
lower(s); upper(u); upper(s); lower(u); trim(s); len(s); len(u); substr(s, 1); substr(s, 2); substr(s, 2, 3); substr(s, 1, 0); substr(s, -2)
substr(s, -3, 2); substr(s, 0, 2); substr(s, 100); substr(s, 1, 1000); substr(s, 3, abs(j)); substr(s, j); replace(s, "a", "bb"); replace(s, "é", "")
replace(s, "", "x"); replace(s, "ab", "a"); replace(s, u, "-"); starts_with(s, "a"); starts_with(s, ""); starts_with(s, u); ends_with(s, "z")
ends_with(s, ""); ends_with(s, "é"); contains(s, "b"); contains(s, ""); contains(s, u); contains(s, "工")
pad_left(s, 5); pad_left(u, 4, "*"); pad_left(s, 7, "ab"); pad_left(s, 3, "é"); pad_right(s, 5); pad_right(u, 4, "*"); pad_right(s, 7, "ab"); pad_left(s, 0); pad_left(s, -1); pad_right(s, 4, "")
year(d); quarter(d); month(d); week(d); weekday(d); day(d); year(ts); month(ts); day(z); week(ts); weekday(z); hour(ts); minute(ts); hour(z); quarter(e)
date_diff(d, e, "day"); date_diff(d, e, "month"); date_diff(d, e, "year"); date_diff(d, e, "week"); date_diff(e, d, "quarter"); date_diff(ts, ts, "hour")
date_diff(d, @2024-05-01, "day"); date_diff(@2024-01-31, d, "month"); date_diff(ts, @2024-05-01T10:00:00, "hour"); date_diff(ts, @2024-05-01T10:00:00, "minute"); date_diff(ts, @2024-05-01T10:00:00, "second"); date_diff(ts, @2024-05-01T10:00:00, "week")
bin(d, "month"); bin(d, "year"); bin(d, "quarter"); bin(d, "day"); bin(ts, "month"); bin(ts, "hour"); bin(ts, "minute"); bin(ts, "second"); bin(z, "day"); bin(ts, "year")
date_add(@2024-01-31, j, "month"); date_add(@2024-02-29, j, "year"); date_add(@2024-05-01, j, "week"); date_add(@2024-05-01, j, "day"); date_add(@2024-01-31, j, "quarter"); date_add(@2024-01-31T10:00:00, j, "month"); date_add(@2024-01-31T10:00:00, j, "hour"); date_add(@2024-01-31T10:00:00, j, "second")
format_date(d, "%Y-%m-%d"); format_date(e, "%d.%m.%y"); format_date(ts, "%H:%M:%S"); format_date(d, "%j"); format_date(d, "%B %b %A %a"); format_date(d, "100%%"); format_date(ts, "%f"); format_date(d, "%G-W%V-%u"); format_date(z, "%Y/%m")
parse_date(format_date(e, "%d.%m.%Y"), "%d.%m.%Y"); parse_date(format_date(e, "%Y-%m-%d"), "%Y-%m-%d"); parse_date(format_date(d, "%d %b %Y"), "%d %b %Y"); parse_date("5 May 2024", "%d %B %Y")
format(i); format(i, 0, ","); format(j, 0, "."); format(g, 2); format(g, 0, ","); format(g * 123456.789, 3, ","); format(round(g), 1)
int(b); int("42"); int(floor(g)); float(i); float("1e300"); float("2.5"); string(i); string(b); string(d); string(u); bool(j); bool("true"); date("2024-05-01"); date(ts); date(z); timestamp(d); timestamp("2024-05-01T10:00:00"); string(ts); string(g)
coalesce(i, j, 0); coalesce(f, g); coalesce(s, u, "?"); coalesce(d, e); coalesce(null, b); if(b, 1, 2); if(j > 0, s, u); if(b, j, g); if(null, 1, 2); case(j > 2, "big", j > 0, "small", "none"); case(b, d, e); case(j == 1, 1, j == 2, 2.5, 0)
"""

PIPELINES = """
edges | where i > 0
edges | where b
edges | where not b
edges | where s like "%a%" or f > 1
edges | where id < 0
edges | where id < 0 | derive x = i + 1, t = upper(s)
edges | where id < 0 | sort f | take 3
edges | where id < 0 | count
edges | where f == f and f != 0 | count
edges | where null
edges | count
edges | take 0
edges | take 1000
edges | select s
edges | select f
edges | select i, s, i2 = i // 2, s2 = s
edges | where d between @1000-01-01 and @9000-01-01 | select x = d + 1d, y = d - 1w, w = 36h + 12h + d
edges | where ts > @1000-01-01T00:00:00 and ts < @9000-01-01T00:00:00 | select x = ts + 90m, y = ts - 1s, w = ts + 250ms
edges | where z > @1000-01-01T00:00:00Z and z < @9000-01-01T00:00:00Z | select x = z + 90m, y = z - 1s, w = 2w + z
edges | select `x y` = i, `"` = s
edges | derive i = j, j = i
edges | derive x = j + 1, y = x * 2, z2 = y - x
edges | sort i
edges | sort i desc
edges | sort f
edges | sort f desc
edges | sort f nulls first
edges | sort s
edges | sort s desc nulls first
edges | sort u, s desc
edges | sort b desc, d, id desc
edges | sort d desc nulls first, ts
edges | sort ts, z desc
edges | sort j % 2, g desc
edges | sort len(s), s
edges | sort s | take 5
edges | sort f desc | take 7
edges | sort u, f | take 9
edges | take 2 by u
edges | take 1 by b
edges | take 1 by f
edges | take 1 by s
edges | sort f desc | take 2 by u
edges | take 1 by u, b
edges | take 1 by d
edges | where j > 0 | derive k = j * 10 | sort k desc, id | take 4 | select id, k
orders | where region in ["EU", "UK"] and price * quantity > 1000 | select id, region, price
orders | derive total = price * quantity * (1 - (discount ?? 0)) | sort total desc | take 20
orders | derive month = bin(day, "month") | take 1 by month
orders | derive month = format_date(day, "%Y-%m") | where month == "2024-05" | count
orders | where at between @2024-03-01T00:00:00 and @2024-04-01T00:00:00 | select id, at, h = hour(at)
orders | where returned is null | select id, note = if(quantity > 3, "many", "few")
orders | sort region nulls first, price desc | take 3 by region
orders | select code = upper(region) + "-" + substr(customer, 1, 3), n = len(customer)
orders | derive week = week(day) | sort week desc, id | take 1 by week
orders | where customer like "%é%" or customer like "Ł%" | count
many | where k > 100 and v > 10000 | count
many | where k is null | sort v desc | take 10
many | sort v desc nulls first, s | take 25
many | sort s, k desc nulls first, id desc | take 40
many | take 1 by s
many | take 2 by k
many | derive x = v * 2 + (k ?? 0) | where x > 60000 | sort x desc | take 100
many | sort k | take 70000 | where v is null | count
many | select h = id % 1000, v | where h == 999 | sort v
regions | where target > 10
regions | sort name desc
regions | sort region, target nulls first
"""

# By the transform or the word that a version of qs has to know.
NEWER = {
    "distinct": """
edges | distinct
edges | distinct u
edges | distinct u, b
edges | select f, b | distinct
edges | select s | distinct
edges | where id < 0 | distinct
many | distinct s
many | select k, v | distinct
orders | distinct region, customer | sort region, customer | select region, customer, id
""",
    "summarize": """
edges | summarize n = count()
edges | summarize n = count(), i2 = count(i), s2 = count_distinct(s), g2 = sum(g), m = min(i), x = max(i) by u
edges | summarize fmin = min(f), fmax = max(f), smin = min(s), smax = max(s), dmin = min(d), dmax = max(d), bmin = min(b), tmax = max(ts) by b
edges | summarize a = avg(g), b2 = avg(j), m = median(g), q = quantile(g, 0.9), s2 = stddev(g), v = variance(j) by u
edges | summarize f1 = first(s), l1 = last(s), fi = first(i), li = last(i) by u
edges | summarize n = count() by u, b, d
edges | summarize n = count() by s
edges | summarize n = count() by f
edges | summarize n = count_distinct(f), m = count_distinct(b), k = count_distinct(ts) by u
edges | where id < 0 | summarize n = count(), s2 = sum(i), a = avg(g), m = min(s)
edges | where id < 0 | summarize n = count() by u
edges | where i is null | summarize s2 = sum(i), a = avg(i), m = max(i), d2 = count_distinct(i), md = median(i)
orders | summarize n = count(), total = sum(price * quantity) by region, m = bin(day, "month")
orders | summarize rate = sum(price * quantity) / count(), spread = max(price) - min(price) by customer
orders | summarize n = count() by customer | sort n desc, customer | take 3
orders | summarize big = count(if(price > 200, 1, null)) + 1 by returned
many | summarize n = count(), total = sum(v), k2 = count_distinct(k) by s
many | summarize n = count(), a = avg(id), m = max(v) by k
many | summarize n = count() by g = id % 50000 | where n != 3 | count
""",
    "join": """
orders | join regions on region
orders | join left regions on region
orders | join right regions on region
orders | join full regions on region
orders | join semi regions on region
orders | join anti regions on region
regions | join cross regions
edges | join regions on u == region
edges | join left regions on u == region | select id, u, name, target
edges | where id < 0 | join left regions on u == region
edges | where id < 0 | join right regions on u == region
regions | join orders on region | take 50
orders | join left orders on id | take 20
edges | join edges on i | count
edges | join edges on s, u | count
edges | join edges on f | select id, id_right, f
edges | join edges on d == e | count
many | join many on id | count
many | join semi orders on id | count
""",
    "union": """
orders | union orders | count
edges | union orders
regions | union orders | take 12
edges | where id < 0 | union regions
regions | where target < 0 | union edges
""",
    "rename": """
edges | rename x = i, i = j
edges | rename `a b` = s | select `a b`
""",
    "drop": """
edges | drop s, f
edges | drop i | derive x = j
""",
    "cast": """
edges | cast i = string, d = timestamp, b = int
edges | cast j = float, ts = date
""",
    "skip": """
edges | skip 0
edges | skip 85
edges | skip 1000
many | skip 70000 | take 3
edges | sort s | skip 5 | take 5
""",
    "tail": """
edges | tail 3
edges | tail 0
edges | tail 1000
many | sort v desc | tail 70000 | take 5
""",
    "pivot": """
edges | pivot b = count() by u
edges | where u is null or u != "" | pivot u = sum(j) by b
edges | where u is null or u != "" | pivot u = sum(g) by b, j
edges | where u != "" | pivot u = max(s) by j
edges | where u != "" | pivot u = first(f) by b
edges | where u != "" | pivot u = last(ts) by b
edges | pivot j = count_distinct(s) by u
edges | pivot d = avg(g) by b
edges | pivot b = median(g) by u, j
edges | pivot j = min(f) by d
edges | pivot j = max(d) by b
edges | where id < 0 | pivot b = count() by u
edges | where id < 0 | pivot b = count() by u | derive n = 1
edges | select u, b, n = i // 1000 | where u != "" | pivot u = count(n) by b
orders | pivot region = sum(price * quantity) by customer
orders | pivot customer = count() by region
orders | derive month = bin(day, "month") | pivot month = sum(price) by region
orders | sort day | derive month = format_date(day, "%Y-%m") | pivot month = count() by region | where `2024-05` > 20 | select region, may = `2024-05`
orders | pivot region = max(price) by customer | sort EU desc | take 3 | derive spread = EU - UK
orders | pivot returned = count() by customer | rename back = `true` | summarize n = sum(back), m = max(`false`)
orders | pivot returned = count() by region | unpivot `true`, `false` into returned, n
many | pivot k = count() by s
many | pivot s = max(v) by k
""",
    "unpivot": """
edges | select id, f, g | unpivot f, g into name, value
edges | select id, s, u | unpivot s, u into which, text | where text is not null | take 40
edges | where id < 0 | unpivot i, j into n, v
""",
    "lists": """
edges | select id, x = [i, j], y = [s, u], z = [b], w = [d, e], v = [ts], t = [j, g], q = [null, j], n = [f, f]
edges | select id, x = split(s, ","), y = split(s, ""), z = split(u, "U"), w = split(s, u), v = split(s, "é"), t = split(null + u, ",")
pages | select id, x = split(tags, ","), y = split(tags, ",,"), z = split(tags, "さ"), w = split(tags, " ")
pages | derive x = split(tags, ",") | select id, a = x[0], b = x[1], c = x[-1], d = x[-2], e = x[99], f = x[-99], g = x[n], h = x[n - 1], i = x[null + n]
edges | derive x = [i, j, null] | select id, a = x[0], b = x[j], c = x[-1], d = x[-2] + 1, e = -x[1], f = x[1] ?? 0, g = [j, 2][0] * 3
edges | derive x = [f, g] | select id, a = x[0], b = x[1] / 2, c = x[2], d = len(x)
pages | derive x = split(tags, ",") | select id, a = len(x), b = len(x + x), c = len(split(tags, "")), d = x is null, e = len(x[0])
pages | derive x = split(tags, ",") | select id, a = x + ["é"], b = ["z"] + x, c = x + [null], d = x + x + x, e = x + split(null + tags, ",")
edges | select id, x = [i] + [j], y = [j] + [1.5], z = [j, null] + [g], w = [b] + [true], v = [d] + [@2024-02-29]
pages | derive x = split(tags, ",") | select id, a = "a" in x, b = "" in x, c = "é" in x, d = tags in x, e = "b" not in x, f = contains(x, "c"), g = contains(x, tags), h = "😀" in x
edges | derive x = [j, 2, null] | select id, a = 2 in x, b = 7 in x, c = j in x, d = contains(x, i), e = not (7 in x), f = 3 not in x
edges | derive x = [j, 2, 3] | select id, a = 7 in x, b = i in x, c = j in x, d = contains(x, 5 + j), e = i not in x
edges | select id, a = u in [u, "US"] + ["EU"], b = d in [d, e] + [@1970-01-01], c = b in [true, b] + [b]
edges | select id, a = [i, j] == [j, i], b = [j] == [null], c = [j] != [1], d = [s] == [u], e = [f] == [f], g2 = [b, null] == [b, null], h = [j, 1] == [j], k = [j] == [1.0]
edges | select id, a = [f] == [0.0], b = [f] == [g], c = [j] == [g], d = [ts] == [ts], e = [d] != [e]
pages | derive x = split(tags, ",") | select id, a = x == ["a", "b", "c"], b = x != [""], c = x == split("a", ","), d = x == split(null + tags, ",")
pages | where split(tags, ",") == ["a", "b", "c"] or len(split(tags, ",")) == 1
pages | where "a" in split(tags, ",") | count
edges | select id, a = if(j > 0, [j], [i]), b = if(b, [u], null), c = [[j], [i, 1]], d = [[u]] + [[s]], e = coalesce(if(b, [j], null), [0])
edges | select id, a = [[j, 1], [i]][0][1], b = [[j, 1], [i]][1][0], c = [[j]][5][0], d = len([[j, 1], [i]][0])
edges | derive x = if(b, [j, null], null) | select id, a = x[0], b = len(x), c = 1 in x, d = x + [1], e = x == [1, null], f = x is not null
edges | derive x = if(b, [s], null) | where x is null or x[0] > "a" | sort x[0] desc, id | select id, x
edges | summarize x = list(j), y = list(s), z = list(f), w = list(b), v = list(d), t = list(ts), n = len(list(id)) by u
edges | sort s desc, id | summarize x = list(id), y = list(s)[0], z = list(g)[-1], n = list(j) == list(j) by b
edges | where id < 0 | summarize x = list(i), n = count()
edges | where id < 0 | summarize x = list(i) by u
edges | summarize x = list(j) by u, b | where 1 in x | select u, b, n = len(x)
edges | summarize x = list(if(j > 0, j, null)), y = list([j, i]) by b
orders | summarize ids = list(id) by customer, region | derive n = len(ids), a = ids[0], z = ids[-1] | sort n desc, a | take 12
orders | sort day desc, id | summarize days = list(day), qs = list(quantity) by returned
pages | summarize docs = list(split(tags, ",")) by n
many | summarize x = list(k) by s | select s, n = len(x), a = x[0], z = x[-1], has = 70000 in x
many | derive x = [k, id % 3] | summarize n = count(), m = max(v) by x
edges | derive x = [j, null] | summarize n = count(), a = min(id) by x
edges | derive x = if(b, [u], null) | summarize n = count(), a = first(x), d = count_distinct(x), c = count(x) by x
pages | derive x = split(tags, ",") | summarize n = count(), ids = list(id) by x
pages | derive x = split(tags, ",") | distinct x
pages | select x = split(tags, ""), n = n % 2 | distinct
edges | derive x = [d, null] | distinct x, b
edges | derive x = [f] | distinct x | count
many | select x = [s, s] | distinct
edges | derive x = [u, s] | take 1 by x | select id, x
pages | derive x = split(tags, ",") | union pages
pages | derive x = split(tags, ",") | pivot n = count() by x
edges | derive x = [j] | join full regions on u == region | select id, x, a = x[0], n = len(x)
edges | select id, a = [j], b = [i] | unpivot a, b into name, v
edges | where u != "" and b is not null | pivot b = list(j) by u
edges | where u != "" | pivot u = list(s) by j
edges | derive x = [u] | derive n = count() over (by x), r = row_number() over (by x sort id)
edges | derive x = list(j) over (by u), y = list(s) over (by b sort id desc), z = len(list(i) over ())
edges | summarize x = count_distinct([u, s]) by b
edges | derive x = [i, j] | summarize a = last(x), n = count(x) by u
edges | select id, x = [z, z], y = [z][0], w = [e - d]
edges | select id, x = [decimal(g, 2), j], y = [decimal(g, 2)] == [g]
edges | derive x = [s] | sort len(x), x[0] | tail 5
edges | select id, x = [null, null], y = len([]), z = [] + [j], w = 1 in [], v = [] == []
edges | select id, x = i in [], y = null in [j], z = null in split(u, ",")
edges | select id, a = [i][0] == i, b = split(s, ",")[0] like "a%", c = upper(split(s, " ")[-1])
many | derive x = split(s, "k") | select y = int(x[1]) | summarize t = sum(y)
pages | derive x = split(tags, ",") | select id, p = lag(x) over (sort id), l = lead(x, 2) over (by n sort id), f = first(x) over (by n sort id)
""",
    "explode": """
pages | derive x = split(tags, ",") | explode x
pages | derive x = split(tags, ",") | explode x | summarize n = count(), ids = list(id) by x
edges | derive x = [j, null, i] | explode x | select id, x
edges | derive x = if(b, [u, s], null) | explode x | select id, x, b
edges | where id < 0 | derive x = [j] | explode x
edges | derive x = [j, i], y = [s] | explode x | explode y | select id, x, y
edges | derive x = [[j, 1], [i]] | explode x | derive n = len(x) | explode x | select id, n, x
edges | summarize id = list(id), s = list(s) by u | explode id | select u, id
edges | where id < 0 | summarize x = list(i) | explode x
orders | sort price desc | summarize c = list(customer) by region | explode c | take 3 by region
pages | derive x = split(tags, ",") | explode x | distinct x | sort x | select x
many | derive x = [k, id] | explode x | summarize n = count(), t = sum(x), m = max(x)
many | summarize x = list(v) by s | explode x | summarize n = count(x), m = max(x) by s
""",
    "json": r"""
pages | select id, x = json(doc), n = len(json(doc)), missing = json(doc) is null, text = string(json(doc))
pages | derive x = json(doc) | select id, a = x.name, b = x.n, c = x.on, d = x.xs, e = x.in, f = x.nothing, g = x.`a b`
pages | derive x = json(doc) | select id, a = x.in.deep[0][0], b = x.in.deep.name, c = x.in.deep[1], d = x.xs.a, e = x.name.name, f = x[4].name
pages | derive x = json(doc) | select id, a = x[0], b = x[1], c = x[-1], d = x[99], e = x.xs[0], f = x.xs[-1], g = x.xs[n], h = x.xs[-99], i = x.xs[2]
pages | derive x = json(doc) | select id, a = x.name == "é", b = x.name != "", c = x.name < "b", d = x.name in ["é", "a"], e = x.name == doc, f = "é" == x.name
pages | derive x = json(doc) | select id, a = x.n == 1, b = x.n != 1, c = x.n > 2, d = x.n <= 2.5, e = x.n == n, f = x.n in [1, 2], g = 0 < x.n, h = x.n == 2.5, k = x.n between 0 and 2
pages | derive x = json(doc) | select id, a = x.on == true, b = x.on != true, c = x.on == false, d = x.on is null, e = x.xs is not null, f = not (x.on == true)
pages | derive x = json(doc) | select id, a = x.xs == json("[1,2,3]"), b = x == x, c = x.xs != json("[]"), d = x.name == x.xs[1]
pages | derive x = json(doc) | select id, a = len(x.xs), b = len(x.name), c = len(x.in), d = len(x.n), e = len(x.on), f = len(x.xs[0])
pages | derive x = json(doc) | select id, a = string(x.name), b = string(x.n), c = string(x.on), d = string(x.xs), e = string(x.in), f = string(x.xs[0])
pages | derive x = json(doc) | where x.on is not null | select id, a = bool(x.on), b = float(x.n), c = bool(x.on) and float(x.n) > 0
pages | derive x = json(doc) | where x.n != 2.5 | select id, a = int(x.n), b = int(x.n) // 2
pages | derive x = json(doc) | select id, a = float(x.n), b = float(x.n) * 2, c = date(x.in.d), d = timestamp(x.in.t), e = year(date(x.in.d))
pages | derive x = json(doc) | select id, a = string(x.name) + "!", b = upper(string(x.name)), c = string(x.name) in split(tags, ",")
pages | derive x = json(doc) | where x.name == "é" and x.n == 1 | select id, x
pages | where json(doc).xs[0] == 1 | count
pages | derive x = json(doc).xs | explode x | select id, x
pages | derive x = json(doc).xs | explode x | where x == 2 or x == "a" or x == "é" | select id, x
pages | select id, x = json(doc) | explode x
pages | derive x = json(doc).in.deep | explode x | explode x | select id, x
pages | where id < 0 | derive x = json(doc) | explode x | select id, x
pages | derive x = json(doc).xs | summarize n = count(), c = count(x), d = count_distinct(x), ids = list(id) by x
pages | derive x = json(doc) | distinct x | select id, x
pages | derive k = string(json(doc).name) | summarize n = count(), t = sum(float(json(doc).n)) by k
pages | derive x = json(doc) | summarize all = list(x.name), f = first(x.xs), l = last(x.on) by n
pages | select id, x = json(split(tags, ",")), y = json([n, 1]), z = json([n > 0]), w = json([n])[0] == 1
pages | derive x = json(split(tags, ",")) | select id, a = x[0], b = x[-1] == "c", c = len(x)
pages | select id, x = [json(doc).name, json(doc).n], y = if(n > 0, json(doc), null), z = coalesce(json(doc).name, json(doc).n)
pages | cast doc = json | select doc
pages | cast doc = json | distinct doc | count
pages | select id, x = json(doc) | select id, a = x ?? json("0")
pages | derive x = json(doc) | select id, a = x.in.d == @2024-02-29, b = x.in.d > @2024-01-01, c = x.in.t < @2024-06-01T00:00:00, d = x.name == @2024-02-29
pages | select x = json(tags)
pages | select x = int(json(doc).name)
pages | select x = float(json(doc).xs)
pages | select x = bool(json(doc).n)
pages | derive x = json(doc) | sort string(x.name), id | select id, a = x.name
""",
    "decimal": """
edges | select id, x = decimal(j, 2), y = decimal(g, 3), z = decimal("12.345", 2), w = decimal("-0.5", 0), v = decimal(g, 1)
edges | derive a = decimal(g, 2) | select id, x = a + 1, y = a - decimal(j, 4), z = a * a, w = a * j, v = -a, u2 = 3 - a, q = a / 3, r = j / a
edges | derive a = decimal(g, 2) | select id, x = a * 0.81, y = a + 0.001, z = a * f, w = 0.1 - a
edges | derive a = decimal(g, 2) | select id, x = a > 1, y = a == 0.5, z = a < j, w = a >= decimal("0.500", 3), v = a in [1, decimal("1.25", 2)]
edges | derive a = decimal(g, 2) | select id, x = a ?? 0, y = if(b, a, j), z = coalesce(a, decimal("0.125", 3)), w = case(j > 1, a, 1)
edges | derive a = decimal(g, 2) | select id, x = abs(a), y = float(a), z = int(decimal(j, 3)), w = min_of(a, 1), v = max_of(a, j), s2 = string(a)
edges | derive a = decimal(g, 2), c = decimal(i, 5) | select id, a, c, d2 = c + a
edges | derive a = decimal(g, 2) | sort a | select id, a
edges | derive a = decimal(g, 2) | sort a desc nulls first, id desc | select id, a
edges | derive a = decimal(g, 2) | distinct a | select a
edges | derive a = decimal(g, 2) | where a between 0 and 2 | select id, a
orders | derive a = decimal(price, 2) | summarize total = sum(a), mean = avg(a), lo = min(a), hi = max(a), m = median(a), n = count_distinct(a), f1 = first(a), l1 = last(a), s2 = stddev(a) by region
orders | derive a = decimal(price, 2) | summarize total = sum(a * quantity), net = sum(a) - sum(decimal(discount, 4))
orders | derive a = decimal(price, 2) | where a > 399.5 | select id, a, b2 = a * 1.19
orders | derive a = decimal(price, 2) | select id, c = cumsum(a) over (by region sort id), l = lag(a) over (sort id), m = moving_avg(a, 3) over (sort id)
orders | derive a = decimal(quantity, 0) | summarize n = count() by a
edges | derive a = decimal(j, 2) | join edges on a == j | select id, id_right, a
edges | derive a = decimal(g, 2) | join left edges on a == g | select id, id_right, a
edges | where id < 0 | derive a = decimal(g, 2) | summarize t = sum(a), m = avg(a), x = max(a)
many | derive a = decimal(v, 2) | summarize t = sum(a), x = max(a) by k
many | derive a = decimal(id, 1) | summarize t = sum(a), n = count() by g = a - decimal(id // 10, 1) * 10
""",
    "over": """
edges | derive n = row_number() over (sort s, id)
edges | derive n = row_number() over (by u sort f desc)
edges | derive r = rank() over (by u sort j)
edges | derive r = rank() over (sort j desc nulls first)
edges | derive x = lag(i) over (sort id), y = lead(s, 2) over (by u)
edges | derive c = cumsum(j) over (sort id), g2 = cumsum(g) over (by b sort id)
edges | derive m = moving_avg(g, 3) over (sort id), k = moving_avg(j, 2) over (by u)
edges | where id < 0 | derive n = row_number() over (sort s)
orders | derive place = rank() over (by region sort price desc) | where place <= 3 | sort region, place, id
orders | select id, change = price - lag(price) over (by customer sort day, id)
many | derive n = row_number() over (by s sort v desc) | where n <= 2 | select id, s, n
many | derive c = cumsum(id) over (by k) | tail 10
""",
    "aggregate over": """
edges | derive share = g / sum(g) over (by u), n = count() over (by u), top = max(i) over ()
edges | derive a = avg(j) over (by b), lo = min(s) over (by u), d2 = count_distinct(d) over ()
orders | derive share = price / sum(price) over (by region) | where share > 0.004 | count
edges | derive c = count(s) over (by u), t = sum(j) over (by u, b), m = median(g) over (by b), q = quantile(g, 0.9) over (by u)
edges | derive v = variance(g) over (by u), d2 = stddev(j) over (by b), lo = min(f) over (by u), hi = max(f) over ()
edges | derive a = first(f) over (by u), z2 = last(s) over (by b), t = max(ts) over (by u), y = min(d) over (by b)
edges | derive a = first(s) over (by u sort id desc), z2 = last(d) over (by b sort g, id), h = first(f) over (sort f desc, id)
edges | derive t = sum(j) over (by u sort id desc), n = count() over (sort s), m = max(j) over (by b sort j)
edges | where id < 0 | derive t = sum(j) over (by u), n = count() over ()
edges | select id, p = row_number() over (by u sort id) / count() over (by u), rest = max(g) over (by u) - g
orders | select id, share = round(100.0 * price / sum(price) over (by customer, region), 1)
many | derive n = count() over (by s), t = max(v) over (by k) | where n > 160 | summarize rows = count(), total = sum(n), t = max(t)
many | select top = max(s) over (by k), first_v = first(v) over (by s sort id desc) | distinct
""",
    "matches": """
edges | select id, x = s matches "^a"
edges | select id, x = s matches "b.*d"
edges | select id, x = s matches "^.$"
edges | select id, x = s matches "[éa]"
edges | select id, x = s matches ""
edges | select id, x = s not matches "[0-9]+$"
orders | where customer matches "(Ltd|GmbH|gmbh)$" | count
orders | where customer matches '^\\w+, ' | select id, customer
""",
}

# Values that no type holds, and operations that are errors on both sides.
ERRORS = """
edges | select x = i * i
edges | select x = i + i
edges | select x = 0 - i - 10
edges | select x = int(s)
edges | select x = float(s)
edges | select x = date(s)
"""

# By the row of the table in docs/frames.md.
DIFFERENT = {
    "years": ["edges | select x = d + 1d", "edges | select x = ts - 1s", "edges | select x = date_add(d, 1, \"month\")"],
    "names": ["edges | select i, s, j, s"],
    "substr": ["edges | select x = substr(s, 3, -1)"],
    "case of letters": ["regions | select x = upper(\"straße\" + name)"],
    "int and float": ["regions | select x = 9007199254740993 + (target - target) == 9007199254740992.0"],
    "int": ["edges | select x = int(g)"],
    "string": ["edges | select x = string(f)"],
    "order of lists": ["edges | sort [j]", "pages | summarize x = max(split(tags, \",\"))", "pages | select x = [n] < [1]"],
    "JSON": [
        "pages | select x = json(\"[2.50, 1E2]\")", "pages | select x = json('\"\\u00e9\"')", "pages | select x = json(\"2.50\") == json(\"2.5\")",
    ],
    "JSON names": ["pages | select x = json('{\"a\": 1, \"a\": 2}').a"],
    "malformed JSON": ["pages | select x = json(\"[1,]\")", "pages | select x = json(\"NaN\")"],
}


def lines(text):
    return [line.strip() for line in text.strip().splitlines()]


def hand_written(knows):
    """Pipelines that both have to answer alike, and how many are left out because `knows` says no of a word they need."""
    found = []
    for line in lines(EXPRESSIONS):
        for expression in line.split("; "):
            found.append(f"edges | select id, x = {expression}")
    newer = {word: lines(text) for word, text in NEWER.items()}
    for word, texts in newer.items():
        if knows(word):
            found += texts
    return found + lines(PIPELINES), sum(len(texts) for word, texts in newer.items() if not knows(word))
