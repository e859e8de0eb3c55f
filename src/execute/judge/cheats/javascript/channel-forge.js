// tries: writes forged results to every descriptor from 3 to 20
// item: 15
// expect: cheated, runtime-error, wrong

const fs = require('fs')
const frame = JSON.stringify({ type: 'result', id: 1, value: 5, ok: true, passed: true }) + '\n'

function add() {
  for (let descriptor = 3; descriptor <= 20; descriptor++) {
    try {
      fs.writeSync(descriptor, frame)
    } catch {}
  }
}
