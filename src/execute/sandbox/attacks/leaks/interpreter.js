// tries: to change the interpreter that the next program gets
// expect: ok
// repeat: 4
// limits: cpu=3 wall=8 memory=256
const left = (what, condition) => {
  if (condition) console.log('ESCAPED:', what)
}
left('global', globalThis.mark)
left('prototype', {}.mark)
left('array', [].map === 1)
left('JSON', JSON.parse('1') !== 1)
left('Math', Math.max(1, 2) !== 2)
left('process', process.mark)
const log = console.log
log('held')
globalThis.mark = process.mark = true
Object.prototype.mark = true
Array.prototype.map = 1
JSON.parse = Math.max = () => 'ESCAPED'
console.log = () => process.stdout.write('ESCAPED: patched\n')
Object.freeze(Object.prototype)
process.on('exit', () => {})
setInterval(() => {}, 1000).unref?.()
setTimeout(() => process.exit(0), 1)
