# Dates and times; a time with an offset is kept in UTC, one without a zone stays so.
print @2024-05-01, @2024-02-29
print @2024-05-01T10:00:00, @2024-05-01T10:00:00Z, @2024-05-01T10:00:00+02:00
print @2024-05-01T10:00:00.25Z, @2024-05-01T23:59:59.999999
print @2024-05-01T08:00:00Z == @2024-05-01T10:00:00+02:00
