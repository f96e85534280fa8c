# help explains commands, transforms, statements, operators, functions, formats and settings.
help take
help while
help between
help len
help env
help jsonl
help rows
