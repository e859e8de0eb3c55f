// tries: to wait for ever without using time
// expect: time-limit
// limits: cpu=1 wall=2 memory=256
setInterval(() => {}, 1 << 30)
