# Days and times: plus and minus a duration, and the duration between two.
print @2024-02-28 + 1d, @2024-02-28 + 2d, @2024-05-01 - 1w
print @2024-05-01T10:00:00Z + 90m, @2024-05-01T00:00:00 - 1s
print @2024-05-03 - @2024-05-01, @2024-05-01T12:00:00Z - @2024-05-01T10:30:00Z
print date_add(@2024-01-31, 1, "month"), date_diff(@2024-01-31, @2024-02-01, "month")
try { print @2024-05-01 + 90m } catch e { print e.code }
