// tries: to compute for ever, in jobs that come before any timer
// expect: time-limit
// limits: cpu=0.5 wall=4 memory=256
const again = () => Promise.resolve().then(again)
setTimeout(() => process.exit(0), 10)
again()
