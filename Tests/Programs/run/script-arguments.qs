# args holds the arguments of a script, script_dir its folder.
print args, script_dir
print len(read(script_dir + "/lib/money.qs")) > 0
