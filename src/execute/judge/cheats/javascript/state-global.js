// tries: leaves a definition for the next candidate and defines none itself
// item: 18
// expect: runtime-error, wrong, cheated

globalThis.__proto__.add ??= undefined
globalThis.leftover = (a, b) => a + b
