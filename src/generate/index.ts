/** Methods that turn problems into candidates. */
export { compiles } from './compiles.js'
export { type SolveTools, type Solved, solve } from './context.js'
export * from './methods/agreement.js'
export { methods } from './methods/index.js'
export { type PromptMaker, prompts, readTemplate, render } from './prompt.js'
export * from './readers.js'
export { passMatrix } from './pass-matrix.js'
