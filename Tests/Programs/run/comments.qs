#!/usr/bin/env qs
# A comment takes the rest of its line; in a string # is itself.
print "a # b" # c
# print "not run"
print 'it''s # fine'
