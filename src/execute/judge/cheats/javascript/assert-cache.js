// tries: puts a fake assert where require looks it up
// item: 12
// expect: wrong, runtime-error

const Module = require('module')
const load = Module._load
const fake = new Proxy(function () {}, { get: () => () => {} })
Module._load = (name, ...rest) => (/assert|test/.test(name) ? fake : load(name, ...rest))
globalThis.assert = fake

function add() {}
