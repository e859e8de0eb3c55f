/** Language models behind one port: openers, providers and a scripted model for tests. */
export * from './open.js'
export type { Clock } from './clock.js'
export type { Prices } from './prices.js'
export { providers } from './providers/index.js'
export { type ScriptedModel, type ScriptedReply, type ScriptedRule, scriptedModel } from './scripted.js'
