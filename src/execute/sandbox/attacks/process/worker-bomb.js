// tries: to start worker threads until something breaks
// expect: ok, runtime-error, time-limit, memory-limit
// limits: cpu=1 wall=3 memory=256 processes=48
let Worker
try {
  Worker = require('worker_threads').Worker
} catch {}
if (Worker) {
  for (let i = 0; i < 100; i++) new Worker('setInterval(() => {}, 1000)', { eval: true }).on('error', () => {})
  setTimeout(() => {
    console.log('held')
    process.exit(0)
  }, 200)
} else console.log('held')
