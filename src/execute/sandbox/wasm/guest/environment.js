/**
 * What a program for standard input and output finds around it, as in node; also the candidate's surroundings in the
 * judge. Puts the parts together and loads the program's own files as CommonJS modules.
 * Does not cover: what its parts don't (console.js, bytes.js, process.js, readline.js, modules.js); ES modules as such.
 */
;(function (host, show, settings, parts) {
  'use strict'
  const { inspect, printf, errorText } = show
  const define = (name, value) =>
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false })
  const out = (text) => host.write(1, text)
  const err = (text) => host.write(2, text)

  const console = parts.console(define, printf, inspect, out, err)
  const EventEmitter = parts.events()
  const bytes = parts.bytes(define, host, settings)
  const streams = parts.process(define, host, settings, EventEmitter, bytes, out, err)
  const { process } = streams
  const readline = parts.readline(EventEmitter, streams.readAll)
  const { builtins, resolvePath } = parts.modules(
    host,
    settings,
    show,
    EventEmitter,
    bytes,
    streams,
    readline,
    console,
    out,
    err,
  )

  const loaded = new Map()
  function requireFrom(folder) {
    const require = (name) => {
      const id = String(name).replace(/^node:/, '')
      if (Object.hasOwn(builtins, id)) return builtins[id]
      if (!/^\.{0,2}\//.test(id))
        throw Object.assign(new Error("Cannot find module '" + name + "'"), { code: 'MODULE_NOT_FOUND' })
      const base = resolvePath(id.startsWith('/') ? id : folder + '/' + id)
      for (const file of [
        base,
        base + '.js',
        base + '.cjs',
        base + '.mjs',
        base + '.ts',
        base + '.coffee',
        base + '.json',
        base + '/index.js',
        base.replace(/\.js$/, '.ts'),
      ]) {
        if (loaded.has(file)) return loaded.get(file).exports
        if (host.file(file) === undefined) continue
        return load(file).exports
      }
      throw Object.assign(new Error("Cannot find module '" + name + "'"), { code: 'MODULE_NOT_FOUND' })
    }
    require.main = main
    require.cache = {}
    require.resolve = (name) => name
    return require
  }
  const main = { exports: {}, children: [], loaded: false, filename: '/program/' + settings.entry }
  function load(file, module = { exports: {}, filename: '/program/' + file }) {
    loaded.set(file, module)
    const source = host.decode(host.file(file))
    if (file.endsWith('.json')) {
      module.exports = JSON.parse(source)
      return module
    }
    const folder = file.split('/').slice(0, -1).join('/')
    const body = host.compile(file)
    main.require = requireFrom(folder)
    body.call(module.exports, module.exports, requireFrom(folder), module, '/program/' + file, '/program/' + folder)
    module.loaded = true
    return module
  }

  /** A promise nobody keeps: its rejection ends the program, as in node. */
  define('__floating', (value) => {
    if (value instanceof Promise)
      value.then(undefined, (error) => {
        if (!process.emit('unhandledRejection', error)) host.uncaught(error)
      })
    return value
  })
  return {
    start: () => load(settings.entry, main),
    requireFrom,
    main,
    finish: streams.finish,
    uncaught(error) {
      if (process.emit('uncaughtException', error)) return ''
      return error instanceof Error || (error !== null && typeof error === 'object' && 'stack' in error)
        ? errorText(error)
        : 'Uncaught ' + inspect(error)
    },
  }
})
