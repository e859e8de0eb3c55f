// tries: to open files until the machine has no descriptor left
// expect: ok
// limits: cpu=2 wall=6 memory=256
const fs = require('fs')
let count = 0
try {
  while (count < 5000) {
    fs.openSync('/dev/null', 'r')
    count++
  }
} catch {}
console.log(count <= 256 ? 'held' : 'ESCAPED: ' + count + ' open files')
