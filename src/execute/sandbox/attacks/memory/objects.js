// tries: to fill the heap with objects
// expect: memory-limit
// limits: cpu=6 wall=20 memory=64
const all = []
for (let i = 0; ; i++) all.push({ i, more: [i] })
