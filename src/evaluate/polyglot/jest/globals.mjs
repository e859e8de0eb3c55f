/**
 * `describe`, `test` and their hooks: collects tests, then runs them in order. What an exercise skips until its reader gets
 * there (`xtest`, `test.skip`) is a test as any other, since the benchmark runs all of them; `only` changes nothing.
 *
 * Not covered: fake timers, module mocks, time limits of single tests, tests that run at the same time.
 */
import { format, inspect } from 'node:util'
import { ExpectationError, asserted, expect } from './expect.mjs'

const newGroup = (title, parent) => ({ title, parent, entries: [], before: [], after: [], all: [], end: [] })
const root = newGroup('', null)
let open = root

export function describe(title, body) {
  const group = newGroup(String(title?.name ?? title), open)
  open.entries.push({ group })
  open = group
  try {
    body()
  } finally {
    open = group.parent
  }
}

export function test(title, body) {
  open.entries.push({ test: { title: String(title?.name ?? title), body } })
}

/** A row of a table as arguments, and `%s`, `%i`, `%#` or `$name` of its title filled in. */
function rowsOf(table, values) {
  if (!Array.isArray(table?.raw)) return table.map((row) => (Array.isArray(row) ? row : [row]))
  const names = table.raw[0].split('|').map((name) => name.trim())
  const rows = []
  for (let i = 0; i < values.length; i += names.length)
    rows.push([Object.fromEntries(names.map((name, j) => [name, values[i + j]]))])
  return rows
}

function titleOf(title, row, index) {
  const named = title.replace(/\$([\w.]+)/g, (found, path) => {
    const value = path === '#' ? index : path.split('.').reduce((object, key) => object?.[key], row[0])
    return value === undefined ? found : typeof value === 'string' ? value : inspect(value)
  })
  const wanted = named.match(/%[sdifjoOp]/g)?.length ?? 0
  const plain = named.replace(/%#/g, String(index)).replace(/%p/g, '%o')
  return wanted === 0 ? plain : format(plain, ...row.slice(0, wanted))
}

const each =
  (add) =>
  (table, ...values) =>
  (title, body) => {
    for (const [i, row] of rowsOf(table, values).entries()) add(titleOf(title, row, i), () => body(...row))
  }

for (const add of [describe, test]) {
  add.each = each(add)
  add.skip = add
  add.only = add
}
test.todo = () => {}
test.concurrent = test
test.failing = () => {
  throw new Error('test.failing is not known here')
}

export const it = test
export const xtest = test
export const xit = test
export const fit = test
export const xdescribe = describe
export const fdescribe = describe
export const beforeEach = (body) => open.before.push(body)
export const afterEach = (body) => open.after.push(body)
export const beforeAll = (body) => open.all.push(body)
export const afterAll = (body) => open.end.push(body)

function fn(implementation) {
  let returns = implementation
  const once = []
  const mock = { calls: [], results: [], instances: [] }
  const mocked = function (...args) {
    mock.calls.push(args)
    mock.instances.push(this)
    const result = (once.shift() ?? returns)?.apply(this, args)
    mock.results.push({ type: 'return', value: result })
    return result
  }
  const chained = (change) => (value) => {
    change(value)
    return mocked
  }
  return Object.assign(mocked, {
    mock,
    mockImplementation: chained((value) => (returns = value)),
    mockImplementationOnce: chained((value) => once.push(value)),
    mockReturnValue: chained((value) => (returns = () => value)),
    mockReturnValueOnce: chained((value) => once.push(() => value)),
    mockResolvedValue: chained((value) => (returns = async () => value)),
    mockClear: chained(() => Object.assign(mock, { calls: [], results: [], instances: [] })),
  })
}

function spyOn(object, name) {
  const original = object[name]
  const spy = fn(original)
  object[name] = spy
  return Object.assign(spy, { mockRestore: () => (object[name] = original) })
}

export const jest = { fn, spyOn, setTimeout: () => jest }
export { expect }

/** Takes a callback where it has a parameter for one. */
function call(body) {
  if (typeof body !== 'function') throw new ExpectationError('there is nothing to run')
  if (body.length === 0) return body()
  return new Promise((resolve, reject) => {
    const done = (error) => (error ? reject(error) : resolve())
    done.fail = (error) => reject(error ?? new ExpectationError('done.fail'))
    Promise.resolve(body(done)).catch(reject)
  })
}

async function runTest({ title, body }, groups) {
  Object.assign(asserted, { count: 0, expected: null, any: false })
  const failures = []
  const attempt = async (one) => {
    try {
      await call(one)
    } catch (error) {
      failures.push(error)
    }
  }
  for (const group of groups) for (const one of group.before) if (failures.length === 0) await attempt(one)
  if (failures.length === 0) await attempt(body)
  for (const group of groups.toReversed()) for (const one of group.after) await attempt(one)
  if (failures.length === 0 && asserted.expected !== null && asserted.expected !== asserted.count)
    failures.push(new ExpectationError(`${asserted.expected} assertions were expected, ${asserted.count} were made`))
  if (failures.length === 0 && asserted.any && asserted.count === 0)
    failures.push(new ExpectationError('an assertion was expected, none was made'))
  return { title, failures }
}

async function runGroup(group, groups, report, broken) {
  const own = [...groups, group]
  const titles = own.slice(1).map(({ title }) => title)
  const failures = [...broken]
  for (const one of group.all)
    try {
      if (failures.length === 0) await call(one)
    } catch (error) {
      failures.push(error)
    }
  for (const entry of group.entries)
    if (entry.group) await runGroup(entry.group, own, report, failures)
    else {
      const result = failures.length > 0 ? { title: entry.test.title, failures } : await runTest(entry.test, own)
      report(titles, result)
    }
  for (const one of group.end) await call(one)
}

export function runAll(report) {
  return runGroup(root, [], report, [])
}
