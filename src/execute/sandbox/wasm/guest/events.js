/**
 * node's EventEmitter. `listening(name)` of a subclass hears of new listeners.
 * Does not cover: captured rejections, symbols as names of internal events.
 */
;(function () {
  'use strict'
  class EventEmitter {
    on(name, listener) {
      ;((this.handlers ??= {})[name] ??= []).push(listener)
      this.listening?.(name)
      return this
    }
    addListener(name, listener) {
      return this.on(name, listener)
    }
    prependListener(name, listener) {
      ;((this.handlers ??= {})[name] ??= []).unshift(listener)
      return this
    }
    once(name, listener) {
      const wrapped = (...args) => {
        this.off(name, wrapped)
        listener.apply(this, args)
      }
      return this.on(name, wrapped)
    }
    off(name, listener) {
      const list = this.handlers?.[name]
      const at = list ? list.indexOf(listener) : -1
      if (at >= 0) list.splice(at, 1)
      return this
    }
    removeListener(name, listener) {
      return this.off(name, listener)
    }
    removeAllListeners(name) {
      if (this.handlers) delete this.handlers[name]
      return this
    }
    listenerCount(name) {
      return this.handlers?.[name]?.length ?? 0
    }
    emit(name, ...args) {
      const list = this.handlers?.[name]
      if (!list || list.length === 0) {
        if (name === 'error') throw args[0]
        return false
      }
      for (const listener of [...list]) listener.apply(this, args)
      return true
    }
  }
  EventEmitter.EventEmitter = EventEmitter
  return EventEmitter
})
