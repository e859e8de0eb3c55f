// tries: to find a door of the JavaScript engine: its own modules, its memory, the objects of its host
// expect: ok, runtime-error
// limits: cpu=4 wall=10 memory=256
const tries = (what, attempt) => {
  try {
    const seen = attempt()
    if (seen) console.log('ESCAPED:', what, seen)
  } catch {}
}
for (const name of ['std', 'os', 'bjson']) tries(name, () => typeof globalThis[name] === 'object' && globalThis[name] && name)
for (const name of ['std', 'os', 'quickjs']) import(name).then(({ default: found }) => tries(name, () => found && found.open), () => {})
tries('script arguments', () => globalThis.scriptArgs)
tries('load', () => typeof globalThis.loadScript === 'function' && loadScript('CANARY_FILE'))
const seen = new Set()
const walk = (value, path, depth) => {
  if (depth > 4 || value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value)) return
  seen.add(value)
  for (const key of Reflect.ownKeys(value)) {
    let next
    try {
      next = value[key]
    } catch {
      continue
    }
    if (typeof next === 'string' && next.includes('CANARY_VARIABLE')) console.log('ESCAPED:', path, String(key))
    walk(next, path + '.' + String(key), depth + 1)
  }
}
walk(globalThis, 'globalThis', 0)
console.log('held')
