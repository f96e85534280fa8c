# A semicolon ends a statement as a line's end does, and empty statements are none.
let a = 1; let b = 2; print a + b;
;; print "x";
if a == 1 { print "one"; print "still one" }; print "end"
