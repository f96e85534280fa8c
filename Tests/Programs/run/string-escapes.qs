# The escapes of a string in double quotes.
print "tab\tend", "quote \" backslash \\ dollar \$ \${x}"
print "two\nlines", len("\r"), len("\0")
print "\u{1F600} \u{e9} \u{41}"
