# help explains commands, transforms, statements, operators, functions, formats and settings.
help take
help while
help between
help lower
help env
help jsonl
help rows
