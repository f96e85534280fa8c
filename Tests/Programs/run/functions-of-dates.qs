# Functions of dates and times.
let d = @2024-05-17
let t = @2024-05-17T10:34:56Z
print year(d), quarter(d), month(d), week(d), day(d), weekday(d), hour(t), minute(t)
print bin(d, "month"), bin(d, "quarter"), bin(t, 1h), bin(t, 15m)
print date(t), timestamp(d), date("2024-01-02"), format_date(d, "%d.%m.%Y"), parse_date("17.5.2024", "%d.%m.%Y")
print date_diff(@2024-01-01, d, "day"), date_add(d, -1, "year")
