// tries: closes every descriptor but the standard ones
// item: 15
// expect: cheated, runtime-error, wrong

const fs = require('fs')

function add() {
  for (let descriptor = 3; descriptor < 64; descriptor++) {
    try {
      fs.closeSync(descriptor)
    } catch {}
  }
}
