/**
 * What Babel and Jest's resolver do for exercises: imports without an extension, files that are CommonJS or modules whatever
 * package.json says, and `@jest/globals`.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compileFunction } from 'node:vm'

const endings = ['', '.js', '.mjs', '.cjs', '.json', '/index.js']
const wrapper = ['exports', 'require', 'module', '__filename', '__dirname']

export function resolve(specifier, context, next) {
  if (specifier === '@jest/globals') return { url: new URL('globals.mjs', import.meta.url).href, shortCircuit: true }
  if (/^\.{1,2}(?:\/|$)/.test(specifier) && context.parentURL?.startsWith('file:'))
    for (const ending of endings) {
      const url = new URL(specifier + ending, context.parentURL)
      if (existsSync(url) && statSync(url).isFile()) return { url: url.href, shortCircuit: true }
    }
  return next(specifier, context)
}

export function load(url, context, next) {
  if (!url.startsWith('file:')) return next(url, context)
  if (url.endsWith('.json'))
    return {
      format: 'module',
      source: `export default ${readFileSync(fileURLToPath(url), 'utf8')}`,
      shortCircuit: true,
    }
  if (!url.endsWith('.js')) return next(url, context)
  const source = readFileSync(fileURLToPath(url), 'utf8')
  return isCommonJs(source)
    ? next(url, { ...context, format: 'commonjs' })
    : { format: 'module', source, shortCircuit: true }
}

/** What does not compile as either is a module, whose loader says what is wrong with it. */
function isCommonJs(source) {
  try {
    compileFunction(source, wrapper)
    return true
  } catch {
    return false
  }
}
