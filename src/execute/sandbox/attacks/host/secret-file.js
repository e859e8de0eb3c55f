// tries: to read and to change a file of the host by its full name
// expect: ok
// limits: cpu=3 wall=8 memory=256
const tries = (what, attempt) => {
  try {
    console.log('ESCAPED:', what, String(attempt()))
  } catch {}
}
const fs = require('fs')
tries('read', () => fs.readFileSync('CANARY_FILE', 'utf8'))
tries('stat', () => fs.statSync('CANARY_FILE').size)
tries('write', () => fs.writeFileSync('CANARY_FOLDER/ESCAPED', 'x'))
tries('list', () => fs.readdirSync('CANARY_FOLDER'))
tries('module', () => require('CANARY_FILE'))
console.log('held')
