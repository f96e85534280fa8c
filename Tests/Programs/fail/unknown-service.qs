attach j1 on mars
