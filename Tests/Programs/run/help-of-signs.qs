# Signs, types and kinds of errors are explained as well.
help ==
help //
help "|"
help job
help unknown-column
