// The driver of a JavaScript session. Messages on descriptor 3 and answers on 4 are a decimal length, a newline and that
// many bytes; a message is a verb (`cell`, `complete`) and the source on the next lines, an answer is JSON. Cells run as
// in a browser's console: `let` and `const` may be declared again, and `await` works at the top.
//
// An interrupt reaches endless loops, but not one that begins after an `await`: that ends the session.
import { writeSync } from 'node:fs'
import { Session } from 'node:inspector'
import { createRequire } from 'node:module'
import { Socket } from 'node:net'
import { inspect } from 'node:util'
import vm from 'node:vm'

const maxResults = 8 << 20
const inspector = new Session()
inspector.connect()
const table = 'application/vnd.cupel.table+json'
const { stringify } = JSON
let shown = []
let stop = null

Object.assign(globalThis, {
  require: createRequire('/tmp/work/cell.js'),
  module: { exports: {} },
  display: (...values) => {
    for (const value of values) shown.push(bundle(value))
  },
})

function post(method, options) {
  return new Promise((resolve, reject) =>
    inspector.post(method, options, (error, told) => (error ? reject(error) : resolve(told))),
  )
}

// The value behind what the inspector tells about it.
async function take(told) {
  if (told.type === 'undefined') return undefined
  const argument = told.objectId
    ? { objectId: told.objectId }
    : 'unserializableValue' in told
      ? { unserializableValue: told.unserializableValue }
      : { value: told.value }
  const { result } = await post('Runtime.evaluate', { expression: 'globalThis' })
  let taken
  globalThis.__cupelTake = (value) => {
    taken = value
  }
  const functionDeclaration = 'function (value) { globalThis.__cupelTake(value) }'
  await post('Runtime.callFunctionOn', { functionDeclaration, objectId: result.objectId, arguments: [argument] })
  delete globalThis.__cupelTake
  return taken
}

function bundle(value) {
  const data = { 'text/plain': inspect(value, { depth: 4 }) }
  const isRow = (row) => row !== null && typeof row === 'object' && Object.getPrototypeOf(row) === Object.prototype
  if (Array.isArray(value) && value.length > 0 && value.every(isRow)) {
    const columns = [...new Set(value.flatMap(Object.keys))]
    data[table] = { columns, rows: value.map((row) => columns.map((name) => plain(row[name]))), truncated: false }
  }
  const more = value?.[Symbol.for('cupel.display')]
  if (typeof more === 'function') Object.assign(data, more.call(value))
  return data
}

function plain(value) {
  if (value === undefined || value === null) return null
  return ['string', 'boolean'].includes(typeof value) || Number.isFinite(value) ? value : inspect(value)
}

async function run(source) {
  shown = []
  let begun
  const options = { expression: source, replMode: true, awaitPromise: true }
  globalThis.__cupelBegin = () => {
    begun = post('Runtime.evaluate', options)
  }
  try {
    // vm's own watch over SIGINT ends loops that no handler of ours could
    vm.runInThisContext('globalThis.__cupelBegin()', { breakOnSigint: true, filename: 'cupel' })
  } catch (error) {
    if (error?.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') return { results: shown, interrupted: true }
    throw error
  } finally {
    delete globalThis.__cupelBegin
  }
  const stopped = new Promise((resolve) => {
    stop = () => resolve('stopped')
  })
  const told = await Promise.race([begun, stopped])
  stop = null
  if (told === 'stopped') return { results: shown, interrupted: true }
  if (told.exceptionDetails) return { results: shown, ...(await failure(told.exceptionDetails)) }
  const value = await take(told.result)
  if (value !== undefined) {
    globalThis._ = value
    shown.push(bundle(value))
  }
  return { results: shown }
}

async function failure(details) {
  const error = await take(details.exception)
  const stack = error instanceof Error ? String(error.stack) : inspect(error)
  const refused =
    error instanceof SyntaxError && /^ +at Session\.post/m.test(stack.split('\n').find((l) => /^ +at /.test(l)) ?? '')
  const own = /(Session\.post|node:inspector|__cupel|file:\/\/\/cupel|node:vm|Script\.runInThisContext|^ +at cupel:)/
  const traceback = stack
    .split('\n')
    .filter((line) => !own.test(line))
    .join('\n')
  const type = error instanceof Error ? error.name : typeof error
  const message = error instanceof Error ? error.message : inspect(error)
  const place = refused ? details.lineNumber : /^ +at .*?<anonymous>:(\d+):\d+\)?$/m.exec(stack)?.[1] - 1
  return { error: { type, message, traceback, ...(place >= 0 ? { line: place + 1 } : {}) }, refused }
}

const open = /Unexpected end of input|missing \) after argument list|Unterminated template|Unterminated comment/

function complete(source) {
  try {
    new vm.Script(`(async () => {\n${source}\n;})`)
    return 'complete'
  } catch {
    try {
      new vm.Script(`(async () => (${source}\n))`) // an object literal
      return 'complete'
    } catch {}
    // the wrapper's own end is what an open block meets
    const alone = () => new vm.Script(source)
    try {
      alone()
      return 'complete'
    } catch (why) {
      return open.test(why.message) ? 'incomplete' : 'invalid'
    }
  }
}

function answer(message) {
  let text = stringify(message)
  if (text.length > maxResults)
    text = stringify({ ...message, results: [{ 'text/plain': `(results of a cell may have ${maxResults} bytes)` }] })
  let data = Buffer.from(text)
  data = Buffer.concat([Buffer.from(`${data.length}\n`), data])
  while (data.length > 0) data = data.subarray(writeSync(4, data))
}

process.on('SIGINT', () => stop?.())
const report = (error) => process.stderr.write(`Uncaught ${inspect(error)}\n`)
process.on('uncaughtException', report)
process.on('unhandledRejection', report)

let waiting = Buffer.alloc(0)
let busy = Promise.resolve()
const requests = new Socket({ fd: 3, readable: true, writable: false })
requests.on('data', (part) => {
  waiting = Buffer.concat([waiting, part])
  for (;;) {
    const end = waiting.indexOf(10)
    const size = Number(waiting.subarray(0, end))
    if (end < 0 || waiting.length < end + 1 + size) return
    const message = waiting.subarray(end + 1, end + 1 + size).toString('utf8')
    waiting = waiting.subarray(end + 1 + size)
    const source = message.slice(message.indexOf('\n') + 1)
    busy = busy.then(async () =>
      answer(message.startsWith('complete') ? { complete: complete(source) } : await run(source)),
    )
  }
})
requests.on('end', () => process.exit(0))
answer({ ready: true })
