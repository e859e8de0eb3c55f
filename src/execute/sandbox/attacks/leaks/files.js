// tries: to leave files and modules for the next program
// expect: ok
// repeat: 3
// limits: cpu=3 wall=8 memory=256
const fs = require('fs')
const places = ['/tmp', '/dev/shm', '.', '/tmp/work/node_modules', '/tmp/node_modules']
for (const place of places)
  try {
    if (fs.existsSync(place + '/left.js')) console.log('ESCAPED:', place)
  } catch {}
try {
  require('left')
  console.log('ESCAPED: a module of an earlier program')
} catch {}
for (const place of places)
  try {
    fs.mkdirSync(place, { recursive: true })
    fs.writeFileSync(place + '/left.js', 'module.exports = 1')
  } catch {}
console.log('held')
