# What a statement says is looked at, also where something stands behind it that makes no sense.
print nowhere )
if missing { } extra
