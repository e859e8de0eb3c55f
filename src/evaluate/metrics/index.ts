/** Numbers from verdicts. Nothing here runs or reads anything. */
export * from './bootstrap.js'
export * from './pass-at-k.js'
export * from './ranked-pass-at-k.js'
export * from './verdicts.js'
