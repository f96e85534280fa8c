save q
