// tries: to print without end, or to make node keep what it cannot print
// expect: output-limit, time-limit, memory-limit
// limits: cpu=1 wall=8 output=65536 memory=256
for (;;) console.log('x'.repeat(1000))
