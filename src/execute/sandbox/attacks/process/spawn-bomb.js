// tries: to start copies of itself until the machine has no process left
// expect: ok, runtime-error, time-limit, memory-limit
// limits: cpu=1 wall=3 memory=256 processes=48
let spawn
try {
  spawn = require('child_process').spawn
} catch {}
if (spawn) {
  for (let i = 0; i < 200; i++) spawn(process.execPath, [__filename], { stdio: 'ignore' }).on('error', () => {})
  setTimeout(() => console.log('held'), 100)
} else console.log('held')
