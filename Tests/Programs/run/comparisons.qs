# Numbers compare by value, text by code point, dates and durations by time.
print 1 == 1.0, 2 < 2.5, 3 >= 3, 1 != 2
print "a" < "b", "B" < "a", "a" < "aa", "é" > "z", "" < "a"
print @2024-05-01 < @2024-05-02, 59m < 1h, true == true
print 9007199254740993 == 9007199254740992.0
