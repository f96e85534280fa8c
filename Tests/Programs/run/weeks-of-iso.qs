# Weeks are those of ISO 8601: they begin on Monday, and week 1 has the year's first Thursday.
let days = [{d: @2020-12-31}, {d: @2021-01-01}, {d: @2021-01-03}, {d: @2021-01-04}, {d: @2024-12-29}, {d: @2024-12-30}]
days | select d, week = week(d), weekday = weekday(d), named = format_date(d, "%G-W%V-%u %a"), monday = bin(d, "week")
for row in days { print row.d, week(row.d), weekday(row.d), bin(row.d, "week") }
print date_diff(@2021-01-03, @2021-01-04, "week"), date_diff(@2021-01-04, @2021-01-10, "week"), date_diff(@2021-01-04, @2021-01-03, "week")
