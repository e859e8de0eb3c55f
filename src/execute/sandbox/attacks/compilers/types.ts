// tries: to make the compiler compute types for ever
// expect: ok, compile-error
// limits: cpu=4 wall=10 memory=256
type Grow<T extends unknown[], N extends number> = T['length'] extends N ? T : Grow<[...T, ...T, 0], N>
type Bomb = Grow<[0], 9999999>
type Cross<A extends string> = `${A}${A}` extends infer B extends string ? Cross<B> : never
const bomb: Bomb | Cross<'abcdefgh'> | null = null
console.log(bomb === null ? 'held' : 'ESCAPED')
