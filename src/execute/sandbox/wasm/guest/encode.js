/**
 * Values to text: a heap of nodes that refer to each other by number, so that shared references and cycles stay what they
 * are. Reads objects by their descriptors and writes to none of the candidate's.
 * Does not cover: own symbol keys of arrays, Maps and Sets; frozenness.
 */
;(function (values) {
  'use strict'
  const {
    getPrototypeOf,
    getOwnPropertyDescriptor,
    ownKeys,
    apply,
    toText,
    text,
    Table,
    mapGet,
    mapSet,
    mapEach,
    setEach,
    weakGet,
    dateTime,
    regexpSource,
    regexpFlags,
    typedLength,
    typedName,
    enumerates,
    Bytes,
    errors,
    intrinsicNames,
    list,
    push,
    join,
    kindOf,
    primitive,
    isPrimitive,
  } = values

  /** `exportId(value)` numbers what stays here; `importIds` knows what came from the other side. */
  return function makeEncoder({ live, settle, exportId, exportIds, importIds }) {
    /** A message under construction: `objects[i]` is node i of the heap; nodes below `known` came with the request. */
    function message(objects) {
      const index = new Table()
      for (let i = 0; i < objects.length; i++) mapSet(index, objects[i], i)

      function ref(value) {
        if (value === null) return 'null'
        if (isPrimitive(value)) return primitive(value)
        const seen = mapGet(index, value)
        if (seen !== undefined) return '["r",' + seen + ']'
        const theirs = weakGet(importIds, value)
        if (theirs !== undefined) return '["t",' + theirs + ']'
        const name = mapGet(intrinsicNames, value)
        if (name !== undefined) return '["g","' + name + '"]'
        const kind = kindOf(value, live)
        if (kind === 'p') {
          const fresh = weakGet(exportIds, value) === undefined
          const id = exportId(value)
          if (fresh) settle(id, value)
          return '["p",' + id + ']'
        }
        if (kind === 'h') {
          let label = ''
          if (typeof value === 'function') {
            const d = getOwnPropertyDescriptor(value, 'name')
            if (d !== undefined && typeof d.value === 'string') label = d.value
          }
          return '["h",' + exportId(value) + ',' + (typeof value === 'function' ? 1 : 0) + ',' + toText(label) + ']'
        }
        const at = objects.length
        mapSet(index, value, at)
        push(objects, value)
        return '["r",' + at + ']'
      }

      const read = (object, key) => {
        const d = getOwnPropertyDescriptor(object, key)
        return d === undefined ? undefined : d.get === undefined ? d.value : apply(d.get, object, [])
      }
      function pairs(object, keys, from) {
        const out = list()
        for (let i = from; i < keys.length; i++) {
          const key = keys[i]
          if (typeof key !== 'string' || !enumerates(object, key)) continue
          push(out, toText(key))
          push(out, ref(read(object, key)))
        }
        return '[' + join(out) + ']'
      }
      function bytes(buffer) {
        const view = new Bytes(buffer)
        const out = list()
        for (let i = 0; i < typedLength(view); i++) push(out, text(view[i]))
        return '[' + join(out) + ']'
      }

      function node(value) {
        const kind = kindOf(value, live)
        const out = list()
        switch (kind) {
          case 'a': {
            const length = getOwnPropertyDescriptor(value, 'length').value
            for (let i = 0; i < length; i++) {
              const d = getOwnPropertyDescriptor(value, i)
              push(out, d === undefined ? '["-"]' : ref(d.get === undefined ? d.value : apply(d.get, value, [])))
            }
            const keys = ownKeys(value)
            // Own keys: the indexes in order, then `length`, then names.
            let extra = 0
            while (extra < keys.length && keys[extra] !== 'length') extra++
            return '["a",[' + join(out) + '],' + pairs(value, keys, extra + 1) + ']'
          }
          case 'o':
            return '["o",' + (getPrototypeOf(value) === null ? 1 : 0) + ',' + pairs(value, ownKeys(value), 0) + ']'
          case 'm':
            mapEach(value, (v, k) => {
              push(out, ref(k))
              push(out, ref(v))
            })
            return '["m",[' + join(out) + ']]'
          case 's':
            setEach(value, (v) => push(out, ref(v)))
            return '["s",[' + join(out) + ']]'
          case 'd':
            return '["d",' + primitive(dateTime(value)) + ']'
          case 'x':
            return (
              '["x",' +
              toText(regexpSource(value)) +
              ',' +
              toText(regexpFlags(value)) +
              ',' +
              primitive(value.lastIndex) +
              ']'
            )
          case 't':
            for (let i = 0; i < typedLength(value); i++) push(out, primitive(value[i]))
            return '["t","' + typedName(value) + '",[' + join(out) + ']]'
          case 'B':
            return '["B",' + bytes(value) + ']'
          default:
            return errorNode(value)
        }
      }

      function errorNode(error) {
        let base = 'Error'
        let maker = ''
        for (let p = getPrototypeOf(error), depth = 0; p !== null && depth < 64; p = getPrototypeOf(p), depth++) {
          const d = getOwnPropertyDescriptor(p, 'constructor')
          if (maker === '' && d !== undefined && typeof d.value === 'function') {
            const label = getOwnPropertyDescriptor(d.value, 'name')
            if (label !== undefined && typeof label.value === 'string') maker = label.value
          }
          const builtin = d === undefined ? undefined : mapGet(intrinsicNames, d.value)
          if (builtin !== undefined && errors[builtin] !== undefined) {
            base = builtin
            break
          }
        }
        const string = (key) => {
          try {
            const value = error[key]
            return typeof value === 'string'
              ? value
              : isPrimitive(value) && typeof value !== 'symbol'
                ? text(value)
                : ''
          } catch {
            return ''
          }
        }
        const cause = getOwnPropertyDescriptor(error, 'cause')
        return (
          '["e","' +
          base +
          '",' +
          toText(maker) +
          ',' +
          toText(string('name')) +
          ',' +
          toText(string('message')) +
          ',' +
          toText(string('stack')) +
          ',' +
          exportId(error) +
          ',' +
          (cause === undefined ? 'null' : '[' + ref(cause.value) + ']') +
          ',' +
          pairs(error, ownKeys(error), 0) +
          ']'
        )
      }
      return { __proto__: null, ref, node, objects }
    }

    /** All nodes from `from` on, as text; writing one may add more. */
    function heap(out, from) {
      const nodes = list()
      for (let i = from; i < out.objects.length; i++) push(nodes, out.node(out.objects[i]))
      return nodes
    }

    return { __proto__: null, message, heap }
  }
})
