// tries: to compute for ever
// expect: time-limit
// limits: cpu=0.5 wall=4 memory=256
let n: number = 0
while (true) n = (n + 1) % 7
