print len
