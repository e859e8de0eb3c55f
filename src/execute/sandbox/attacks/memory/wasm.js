// tries: to take memory as WebAssembly of its own
// expect: memory-limit, runtime-error, ok
// limits: cpu=3 wall=10 memory=128
if (typeof WebAssembly === 'undefined') console.log('held')
else {
  const all = []
  for (let i = 0; i < 64; i++) {
    const memory = new WebAssembly.Memory({ initial: 256, maximum: 65536 })
    new Uint8Array(memory.buffer).fill(1)
    all.push(memory)
  }
  console.log('ESCAPED: 1 GB')
}
