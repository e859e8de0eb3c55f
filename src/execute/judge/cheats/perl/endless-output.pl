# tries: prints what success looks like without end
# item: 14
# expect: output-limit, time-limit
sub add { print "ok!\n" x 10_000 while 1 }
