print `no end
