/**
 * One end of the connection between the judge's two modules: requests and replies as text, plain data by value.
 *
 * Covers: primitives exactly (undefined, NaN, ±Infinity, -0, bigint, lone surrogates), arrays with holes, plain objects,
 * Map, Set, Date, RegExp, typed arrays, ArrayBuffer, Error; shared references and cycles. Everything else (functions,
 * class instances, iterators, proxies of those) crosses as a handle, promises as a promise that settles later. Arguments
 * that the other side changed are brought up to date when it replies.
 * Does not cover: identity of plain data from one call to the next; frozenness.
 */
;(function (values, newEncoder, newDecoder) {
  'use strict'
  const { parse, WeakTable, Table, mapGet, mapSet, weakGet, weakSet, then, builtinProtos, list, push, join, kindOf } =
    values

  /**
   * One end of the connection.
   * `live`: plain objects with methods stay where they are. `remote(id, callable, name)` makes the stand-in for a handle.
   * `settle(id, promise)` is told of every promise that leaves.
   */
  return function makeWire({ live, remote, settle }) {
    const exported = new Table()
    const exportIds = new WeakTable()
    const importIds = new WeakTable()
    const imports = new Table()
    const waiting = new Table()
    let lastId = 0

    const exportId = (value) => {
      let id = weakGet(exportIds, value)
      if (id === undefined) {
        id = ++lastId
        weakSet(exportIds, value, id)
        mapSet(exported, id, value)
      }
      return id
    }
    const { message, heap } = newEncoder({ live, settle, exportId, exportIds, importIds })
    const { value, shell, fill, update } = newDecoder({ remote, exported, imports, importIds, waiting })

    return {
      __proto__: null,
      exportId,
      idOf: (v) => weakGet(importIds, v),
      own: (id) => mapGet(exported, id),
      kindOf: (v) => kindOf(v, live),
      builtinProtos,
      /** `[op, heap, ...refs]` as text, and the objects to bring up to date by the reply. */
      request(op, values) {
        const out = message(list())
        const refs = list()
        for (let i = 0; i < values.length; i++) push(refs, out.ref(values[i]))
        const nodes = heap(out, 0)
        return {
          __proto__: null,
          text: '["' + op + '",[' + join(nodes) + '],[' + join(refs) + ']]',
          objects: out.objects,
        }
      },
      /** Reads a request: its operation, values, and what `reply` needs. */
      receive(requestText) {
        const request = parse(requestText)
        const op = request[0]
        const nodes = request[1]
        const refs = request[2]
        const objects = list()
        for (let i = 0; i < nodes.length; i++) push(objects, shell(nodes[i]))
        for (let i = 0; i < nodes.length; i++) fill(objects[i], nodes[i], objects)
        const values = list()
        for (let i = 0; i < refs.length; i++) push(values, value(refs[i], objects))
        const before = list()
        if (objects.length > 0) {
          const same = message(objects)
          const known = objects.length
          for (let i = 0; i < known; i++) push(before, same.node(objects[i]))
          // Writing the nodes again must not have found new ones; what it did find belongs to no one yet.
          objects.length = known
        }
        return { __proto__: null, op, values, objects, before }
      },
      /** `[ok, changed nodes, new heap, ref]` as text. */
      reply(ok, result, objects, before) {
        const known = objects.length
        const out = message(objects)
        const ref = out.ref(result)
        const changed = list()
        for (let i = 0; i < known; i++) {
          const now = out.node(objects[i])
          if (now !== before[i]) push(changed, '[' + i + ',' + now + ']')
        }
        const nodes = heap(out, known)
        return '[' + (ok ? 1 : 0) + ',[' + join(changed) + '],[' + join(nodes) + '],' + ref + ']'
      },
      /** Applies a reply to the objects of the request; gives `{ok, value}`. */
      accept(replyText, objects) {
        const answer = parse(replyText)
        const changed = answer[1]
        const nodes = answer[2]
        for (let i = 0; i < nodes.length; i++) push(objects, shell(nodes[i]))
        const base = objects.length - nodes.length
        for (let i = 0; i < nodes.length; i++) fill(objects[base + i], nodes[i], objects)
        for (let i = 0; i < changed.length; i++) update(objects[changed[i][0]], changed[i][1], objects)
        return { __proto__: null, ok: answer[0] === 1, value: value(answer[3], objects) }
      },
      /** The other side's promise `id` has an end. */
      settled(id, ok, v) {
        const known = mapGet(waiting, id)
        if (known !== undefined) (ok ? known.resolve : known.reject)(v)
      },
      watch(promise, done) {
        then(
          promise,
          (v) => done(true, v),
          (e) => done(false, e),
        )
      },
    }
  }
})
