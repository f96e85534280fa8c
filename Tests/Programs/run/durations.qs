# Durations, written and printed by their largest exact units.
print 250ms, 90s, 90m, 36h, 14d, 2w, 1h30m, 1d12h30m
print 1500ms, 0s, -5m, 29d, 1us
print 1h + 30m, 1d - 1h, 2 * 45m, abs(-3h)
print 1h > 59m, 60m == 1h
