// tries: to fill the heap with objects
// expect: memory-limit
// limits: cpu=6 wall=20 memory=64
interface Chain { next: Chain | null; data: number[] }
let first: Chain | null = null
for (;;) first = { next: first, data: [1, 2, 3] }
