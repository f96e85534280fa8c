import QueryShell
