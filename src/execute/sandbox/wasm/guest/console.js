/**
 * node's console: log and its kin, groups, counters, assert.
 * Does not cover: table layout, timers' durations.
 */
;(function (define, printf, inspect, out, err) {
  'use strict'
  let group = ''
  const counts = {}
  const line =
    (write) =>
    (...args) => {
      const text = printf(args)
      write((group === '' ? text : group + text.replaceAll('\n', '\n' + group)) + '\n')
    }
  const console = {
    log: line(out),
    info: line(out),
    debug: line(out),
    error: line(err),
    warn: line(err),
    trace: line(err),
    dir: (value) => line(out)(inspect(value)),
    table: line(out),
    group: (...args) => {
      if (args.length > 0) console.log(...args)
      group += '  '
    },
    groupEnd: () => {
      group = group.slice(2)
    },
    assert: (value, ...args) => {
      if (!value) console.error(...(args.length === 0 ? ['Assertion failed'] : ['Assertion failed: ' + printf(args)]))
    },
    count: (label = 'default') => console.log(label + ': ' + (counts[label] = (counts[label] ?? 0) + 1)),
    time: () => {},
    timeEnd: () => {},
    timeLog: () => {},
    clear: () => {},
  }
  define('console', console)
  define('print', (...args) => console.log(...args))
  return console
})
