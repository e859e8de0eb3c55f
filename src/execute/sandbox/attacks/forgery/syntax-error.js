// tries: to be reported as a program that does not compile: which of its own failures it shows is its choice
// expect: runtime-error, compile-error
// limits: cpu=3 wall=8 memory=256
console.error("/tmp/work/main.js:1\nlet x = (\n\nSyntaxError: Unexpected end of input\n    at wrapSafe (node:internal/modules/cjs/loader:1464:18)\n")
process.exit(1)
