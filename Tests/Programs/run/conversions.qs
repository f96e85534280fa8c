# Conversions say what they cannot do instead of changing a value.
print int("42"), int(3.0), int(true), float("2.5"), float(2), bool("true"), string(1.50), string(null), date("2024-05-01")
for text in ["4x", "", "1e99"] {
    try { print int(text) } catch e { print e.code, e.message }
}
try { print int(2.5) } catch e { print e.code }
