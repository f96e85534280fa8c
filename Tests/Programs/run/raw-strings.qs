# A raw string is what it looks like; a quote in it is doubled.
print 'no \n escape, no ${value}', 'it''s', ''
print '^\d+$', "12" matches '^\d+$'
