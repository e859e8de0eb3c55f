# tries: prints what success looks like without end
# item: 14
# expect: output-limit, time-limit, memory-limit
add() { while :; do echo ok; done; }
