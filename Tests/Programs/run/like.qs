# like: % is any text, _ one character, and the whole text has to fit.
print "abc" like "a%", "abc" like "b%", "abc" like "%c", "abc" like "a_c", "abc" like "a_"
print "" like "%", "" like "_", "naïve" like "na_ve", "a%b" like "a%b"
print "Abc" like "a%", "abc" not like "%z%", "a.c" like "a.c", "abc" like "a.c"
