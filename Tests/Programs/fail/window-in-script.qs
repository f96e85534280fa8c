print lag(1) over (sort id)
