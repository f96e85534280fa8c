# exit ends the script there, with 0 unless told otherwise.
print "before"
exit
print "never"
