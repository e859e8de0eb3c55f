/** Runs programs nobody has vetted, and judges them out of their reach. */
export * from './judge/checkers.js'
export * from './judge/judge.js'
export * from './judge/source.js'
export * from './language.js'
export { languages } from './languages/index.js'
export type * from './sandbox/engine.js'
export * from './sandbox/sandbox.js'
export * from './setup.js'
