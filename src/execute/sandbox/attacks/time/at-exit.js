// tries: to go on computing when the program has ended
// expect: time-limit
// limits: cpu=0.5 wall=5 memory=256
process.on('exit', () => {
  for (;;) {}
})
process.exit(0)
