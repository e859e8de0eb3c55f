// tries: to fill the disk with many files
// expect: ok
// limits: cpu=3 wall=8 disk=8 memory=128
// wasm: no (programs there cannot write files)
const fs = require('fs')
let mb = 0
for (let i = 0; i < 40; i++)
  try {
    fs.writeFileSync('file' + i, Buffer.alloc(1 << 20, 1))
    mb++
  } catch {}
console.log(mb <= 8 ? 'held' : 'ESCAPED: ' + mb + ' MB')
