// tries: to print one line that never ends, or to make node keep what it cannot print
// expect: output-limit, time-limit, memory-limit
// limits: cpu=3 wall=8 output=65536 memory=256
for (;;) process.stdout.write('no end ')
