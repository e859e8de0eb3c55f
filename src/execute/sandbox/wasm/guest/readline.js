/**
 * node's readline: lines as events, by question() and as an async iterator.
 * Does not cover: history, terminals, interfaces on streams other than standard input.
 */
;(function (EventEmitter, readAll) {
  'use strict'
  class Interface extends EventEmitter {
    constructor(options) {
      super()
      this.output = options.output
      this.lines = undefined
      this.started = false
      this.closed = false
      this.waiting = []
      this.promptText = '> '
    }
    listening(name) {
      if ((name === 'line' || name === 'close') && !this.started) {
        this.started = true
        setImmediate(() => this.pump())
      }
    }
    load() {
      if (this.lines === undefined) {
        const all = readAll('utf8')
        this.lines = all === '' ? [] : all.split(/\r\n|\n|\r/)
        if (/[\r\n]$/.test(all)) this.lines.pop()
      }
      return this.lines
    }
    pump() {
      const lines = this.load()
      if (this.closed) return
      if (lines.length === 0) return this.close()
      if (this.paused) return
      const next = lines.shift()
      if (this.waiting.length > 0) this.waiting.shift()(next)
      else this.emit('line', next)
      setImmediate(() => this.pump())
    }
    question(query, options, done) {
      const callback = done ?? options
      this.output?.write(query)
      this.waiting.push(callback)
      if (!this.started) {
        this.started = true
        setImmediate(() => this.pump())
      }
    }
    setPrompt(text) {
      this.promptText = text
    }
    prompt() {
      this.output?.write(this.promptText)
      this.listening('line')
    }
    pause() {
      this.paused = true
      return this
    }
    resume() {
      if (this.paused) {
        this.paused = false
        setImmediate(() => this.pump())
      }
      return this
    }
    write() {}
    close() {
      if (!this.closed) {
        this.closed = true
        this.emit('close')
      }
    }
    async *[Symbol.asyncIterator]() {
      this.started = true
      const lines = this.load()
      while (lines.length > 0 && !this.closed) yield lines.shift()
      this.close()
    }
  }
  const createInterface = (options) =>
    new Interface(options?.input === undefined && options?.on ? { input: options } : (options ?? {}))
  const readline = { createInterface, Interface, cursorTo() {}, clearLine() {} }
  const promised = (options) => {
    const one = createInterface(options)
    const ask = one.question.bind(one)
    one.question = (query) => new Promise((resolve) => ask(query, resolve))
    return one
  }
  readline.promises = { createInterface: promised }
  return readline
})
