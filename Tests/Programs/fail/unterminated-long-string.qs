print """
    no end
