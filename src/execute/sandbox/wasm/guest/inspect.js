/**
 * How node's console shows values: quotes, nesting, line breaks after 72 columns, columns of numbers, format directives.
 * Does not cover: colours, Proxy internals, getters' values, depth beyond 2 inside nested objects shown as [Object].
 */
;(function () {
  'use strict'
  const width = 80
  const isName = /^[A-Za-z_]\w*$/
  const apply = Reflect.apply
  const quote = (text) => {
    const q = !text.includes("'")
      ? "'"
      : !text.includes('"')
        ? '"'
        : !text.includes('`') && !text.includes('${')
          ? '`'
          : "'"
    let out = q
    for (const c of text)
      out +=
        c === '\n'
          ? '\\n'
          : c === '\t'
            ? '\\t'
            : c === '\r'
              ? '\\r'
              : c === '\b'
                ? '\\b'
                : c === '\\'
                  ? '\\\\'
                  : c === q
                    ? '\\' + q
                    : c < ' '
                      ? '\\x' + c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')
                      : c
    return out + q
  }
  const number = (value) => (Object.is(value, -0) ? '-0' : String(value))
  const primitive = (value) => {
    switch (typeof value) {
      case 'string':
        return quote(value)
      case 'number':
        return number(value)
      case 'bigint':
        return value + 'n'
      case 'symbol':
        return value.toString()
      default:
        return String(value)
    }
  }
  const className = (value) => {
    for (let p = value; p !== null; p = Object.getPrototypeOf(p)) {
      const d = Object.getOwnPropertyDescriptor(p, 'constructor')
      if (d !== undefined && typeof d.value === 'function' && d.value.name !== '') return d.value.name
    }
    return null
  }
  const sizeOf = Object.getOwnPropertyDescriptor(Map.prototype, 'size').get
  const setSizeOf = Object.getOwnPropertyDescriptor(Set.prototype, 'size').get
  const holds = (getter, value) => {
    try {
      return apply(getter, value, [])
    } catch {
      return undefined
    }
  }

  function format(value, depth, seen, indent, maxDepth) {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) {
      if (
        typeof value === 'string' &&
        depth > 0 &&
        value.length > 16 &&
        value.length > width - indent - 10 &&
        value.includes('\n')
      )
        return value
          .split(/(?<=\n)/)
          .map(quote)
          .join(' +\n' + ' '.repeat(indent + 2))
      return primitive(value)
    }
    if (seen.includes(value)) return '[Circular *1]'
    const name = className(value)
    if (
      depth > maxDepth &&
      !isEmpty(value) &&
      !(value instanceof RegExp) &&
      !(value instanceof Date) &&
      typeof value !== 'function'
    )
      return Array.isArray(value) ? '[Array]' : '[' + (name ?? 'Object: null prototype') + ']'
    return compound(value, name, depth, [...seen, value], indent, maxDepth)
  }

  /** Depth of the object shown last; what stands around more than three levels gets lines of its own. */
  let deepest = 0
  const isEmpty = (value) =>
    Array.isArray(value)
      ? value.length === 0
      : Object.keys(value).length === 0 && !holds(sizeOf, value) && !holds(setSizeOf, value)

  function compound(value, name, depth, seen, indent, maxDepth) {
    const before = deepest
    deepest = depth
    const inner = (v, more = 2) => format(v, depth + 1, seen, indent + more, maxDepth)
    const items = []
    let prefix = ''
    let braces = ['{', '}']
    let keys = Object.keys(value)
    let plainArray = false
    const size = holds(sizeOf, value)
    const setSize = holds(setSizeOf, value)
    if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
      plainArray = true
      braces = ['[', ']']
      if (!Array.isArray(value) || name !== 'Array') prefix = name + '(' + value.length + ') '
      const shown = Math.min(value.length, 100)
      let at = 0
      for (let i = 0; i < value.length && at < shown; at++) {
        if (Array.isArray(value) && !Object.hasOwn(value, i)) {
          let gap = i
          while (gap < value.length && !Object.hasOwn(value, gap)) gap++
          items.push('<' + (gap - i) + ' empty item' + (gap - i === 1 ? '' : 's') + '>')
          i = gap
        } else items.push(inner(value[i++]))
      }
      if (value.length > 100)
        items.push('... ' + (value.length - 100) + ' more item' + (value.length === 101 ? '' : 's'))
      keys = keys.filter((k) => !/^(0|[1-9]\d*)$/.test(k))
    } else if (size !== undefined) {
      prefix = (name ?? 'Map') + '(' + size + ') '
      for (const [k, v] of value) items.push(inner(k) + ' => ' + inner(v))
    } else if (setSize !== undefined) {
      prefix = (name ?? 'Set') + '(' + setSize + ') '
      for (const v of value) items.push(inner(v))
    } else if (typeof value === 'function') {
      const isClass = /^class\b/.test(Function.prototype.toString.call(value))
      prefix = isClass
        ? '[class ' + (value.name || '(anonymous)') + ']'
        : '[' + (name ?? 'Function') + (value.name ? ': ' + value.name : ' (anonymous)') + ']'
      if (keys.length === 0) return prefix
      prefix += ' '
    } else if (value instanceof RegExp) return String(value)
    else if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
    else if (value instanceof Error) {
      const text = errorText(value)
      if (depth > 0 && !String(value.stack ?? '').trim()) return '[' + text + ']'
      if (keys.length === 0) return text
      prefix = text + ' '
    } else if (value instanceof Promise) prefix = 'Promise '
    else if (value instanceof WeakMap || value instanceof WeakSet) return name + ' { <items unknown> }'
    else if (value instanceof Number || value instanceof String || value instanceof Boolean) {
      prefix = '[' + name + ': ' + primitive(value.valueOf()) + ']'
      keys = keys.filter((k) => !(value instanceof String) || !/^\d+$/.test(k))
      if (keys.length === 0) return prefix
      prefix += ' '
    } else if (name === null) prefix = '[Object: null prototype] '
    else if (name !== 'Object') prefix = name + ' '
    const toStringTag = value[Symbol.toStringTag]
    if (typeof toStringTag === 'string' && toStringTag !== '' && toStringTag !== name && prefix !== '' && !plainArray)
      prefix = (name ?? 'Object') + ' [' + toStringTag + '] '
    for (const key of keys) {
      const d = Object.getOwnPropertyDescriptor(value, key)
      const shown = d.get ? (d.set ? '[Getter/Setter]' : '[Getter]') : d.set ? '[Setter]' : inner(d.value)
      items.push((isName.test(key) ? key : quote(key)) + ': ' + shown)
    }
    for (const key of Object.getOwnPropertySymbols(value))
      if (Object.prototype.propertyIsEnumerable.call(value, key))
        items.push('[' + key.toString() + ']: ' + inner(value[key]))
    if (items.length === 0) {
      deepest = before
      return prefix + braces[0] + braces[1]
    }
    return layout(items, prefix, braces, depth, indent, plainArray, value)
  }

  function layout(items, prefix, braces, depth, indent, isArrayLike, value) {
    const lines = isArrayLike && items.length > 6 ? columns(items, indent, value) : items
    // Short enough, and not around more than three levels: one line.
    if (deepest - depth < 3 && lines.length === items.length) {
      const start = items.length + indent + braces[0].length + prefix.length + 10
      const total = items.reduce((n, item) => n + item.length, items.length + start)
      if (total <= width && !items.some((item) => item.includes('\n')))
        return prefix + braces[0] + ' ' + items.join(', ') + ' ' + braces[1]
    }
    const pad = '\n' + ' '.repeat(indent + 2)
    return prefix + braces[0] + pad + lines.join(',' + pad) + '\n' + ' '.repeat(indent) + braces[1]
  }
  /** Many short items stand in columns, numbers to the right. */
  function columns(items, indent, value) {
    const more = value.length > 100 ? 1 : 0
    const cells = items.length - more
    const gap = 2
    const lengths = items.slice(0, cells).map((item) => item.length + gap)
    const longest = Math.max(...lengths)
    const total = lengths.reduce((a, b) => a + b, 0)
    if (longest * 3 + indent >= width || !(total / longest > 5 || longest <= 8)) return items
    const bias = Math.max(longest - 3 - Math.sqrt(longest - total / items.length), 1)
    const count = Math.min(
      Math.round(Math.sqrt(2.5 * bias * cells) / bias),
      Math.floor((width - indent) / longest),
      12,
      15,
    )
    if (count <= 1) return items
    const widths = []
    for (let c = 0; c < count; c++) {
      let most = 0
      for (let i = c; i < cells; i += count) if (lengths[i] > most) most = lengths[i]
      widths.push(most)
    }
    const right =
      value !== undefined &&
      Array.prototype.every.call(Array.from(value).slice(0, 100), (v) => typeof v === 'number' || typeof v === 'bigint')
    const out = []
    for (let i = 0; i < cells; i += count) {
      const end = Math.min(i + count, cells)
      let line = ''
      for (let j = i; j < end; j++) {
        const cell =
          j === end - 1 && !right
            ? items[j]
            : j === end - 1
              ? items[j].padStart(widths[j - i] - gap)
              : right
                ? (items[j] + ', ').padStart(widths[j - i])
                : (items[j] + ', ').padEnd(widths[j - i])
        line += cell
      }
      out.push(line)
    }
    if (more === 1) out.push(items[cells])
    return out
  }

  function errorText(error) {
    const head = String(error.message ?? '') === '' ? String(error.name) : error.name + ': ' + error.message
    const stack = typeof error.stack === 'string' ? error.stack.trimEnd() : ''
    return stack === '' ? head : head + '\n' + stack.split('\n').slice(0, 10).join('\n')
  }

  function printf(args) {
    if (args.length === 0) return ''
    let rest = 0
    let out = ''
    if (typeof args[0] === 'string') {
      rest = 1
      out =
        args.length === 1
          ? args[0]
          : args[0].replace(/%[sdifjoOc%]/g, (directive) => {
              if (directive === '%%') return '%'
              if (rest >= args.length) return directive
              const value = args[rest++]
              switch (directive) {
                case '%s':
                  return typeof value === 'string'
                    ? value
                    : typeof value === 'bigint'
                      ? value + 'n'
                      : value !== null && typeof value === 'object'
                        ? inspect(value, 0)
                        : number(value)
                case '%d':
                  return typeof value === 'bigint'
                    ? value + 'n'
                    : typeof value === 'object'
                      ? 'NaN'
                      : number(Number(value))
                case '%i':
                  return typeof value === 'bigint' ? value + 'n' : number(Number.parseInt(value, 10))
                case '%f':
                  return number(Number.parseFloat(value))
                case '%j':
                  return JSON.stringify(value)
                case '%c':
                  return ''
                default:
                  return inspect(value, 4)
              }
            })
    }
    for (let i = rest; i < args.length; i++)
      out += (i === 0 ? '' : ' ') + (typeof args[i] === 'string' ? args[i] : inspect(args[i]))
    return out
  }
  const inspect = (value, maxDepth = 2) =>
    format(value, 0, [], 0, typeof maxDepth === 'number' ? maxDepth : (maxDepth?.depth ?? 2))
  return { inspect, printf, errorText }
})()
