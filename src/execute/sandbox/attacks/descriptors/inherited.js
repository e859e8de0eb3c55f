// tries: to write to and to read from descriptors that are not its own
// expect: ok, runtime-error
// limits: cpu=3 wall=8 memory=256
const fs = require('fs')
const target = (fd) => {
  try {
    return fs.readlinkSync('/proc/self/fd/' + fd)
  } catch {
    return ''
  }
}
for (let fd = 3; fd < 400; fd++) {
  const what = target(fd)
  // Of node itself: what waits for events.
  if (/^(anon_inode:|\/dev\/null|pipe:)/.test(what) || what === '') continue
  console.log('ESCAPED: descriptor ' + fd + ' is ' + what)
}
console.log('held')
