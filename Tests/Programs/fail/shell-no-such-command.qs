sh "qs_no_such_command 2>/dev/null"
