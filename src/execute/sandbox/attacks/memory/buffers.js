// tries: to take memory outside the heap that the interpreter limits
// expect: memory-limit, runtime-error
// limits: cpu=3 wall=10 memory=128
const all = []
for (let i = 0; i < 1000; i++) all.push(new Uint8Array(8 << 20).fill(1))
console.log('ESCAPED: 8 GB')
