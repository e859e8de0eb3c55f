// tries: to be reported as out of memory by printing node's words
// expect: runtime-error
// limits: cpu=3 wall=8 memory=256
console.error('FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory')
process.exit(1)
