// tries: to be reported as out of memory by printing node's words with the exit code of an abort
// expect: runtime-error
// limits: cpu=3 wall=8 memory=256
console.error('FATAL ERROR: invalid array length Allocation failed - JavaScript heap out of memory' as string)
process.exit(134)
