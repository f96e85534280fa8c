print int("twelve")
