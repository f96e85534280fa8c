import "nowhere.qs"
