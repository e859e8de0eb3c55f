# tries: to end well in spite of an error by ending in its last handler
# expect: ok
# limits: cpu=3 wall=8 memory=256
at_exit { puts 'held'; $stdout.flush; exit! 0 }
raise 'an error'
