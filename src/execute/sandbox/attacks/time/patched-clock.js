// tries: to stop the clock that measures it
// expect: time-limit
// limits: cpu=0.5 wall=4 memory=256
Date.now = () => 0
process.hrtime = () => [0, 0]
globalThis.performance = { now: () => 0 }
for (;;) Date.now()
