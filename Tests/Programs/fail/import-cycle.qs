import "import-cycle.qs"
