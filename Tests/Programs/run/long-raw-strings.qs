# Three single quotes: several lines, and nothing in them means anything.
print '''
  select '${x}' as "y", 'it''s'
    from t \n
  '''
print '''a 'quoted' word'''
