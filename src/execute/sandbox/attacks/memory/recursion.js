// tries: to overrun the interpreter's stack
// expect: runtime-error
// limits: cpu=2 wall=6 memory=128
const deeper = (n) => 1 + deeper(n + 1)
console.log('ESCAPED: ' + deeper(0))
