# matches may match anywhere in the text; ^ and $ say where it has to begin and end. like means the whole text.
for pattern in ["an", "^an", "an$", "^b.*a$", "(?i)NAN", "x|b", ""] { print "${pattern}:", "banana" matches pattern }
for pattern in ["an", "%an%", "b%", "_anan_", "", "BANANA"] { print "${pattern}:", "banana" like pattern }
[{s: "A-17"}, {s: "a-7"}, {s: "17"}, {s: null}]
    | derive code = s matches '^[A-Z]-\d+$', none = s not matches '\d', one = s like "_-_", other = s not like "%17"
print "line\nbreak" matches "e\nb", "naïve" matches "^.{5}$", "naïve" like "na_ve"
