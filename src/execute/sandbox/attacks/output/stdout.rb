# tries: to print without end from two threads
# expect: output-limit
# limits: cpu=3 wall=8 output=65536 memory=256
2.times { Thread.new { loop { $stderr.write('x' * 1000) } } }
loop { $stdout.write('x' * 1000) }
