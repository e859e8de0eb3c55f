// tries: to be reported as a failure of the machine, by exit codes of the sandbox and of its host
// expect: runtime-error
// limits: cpu=3 wall=8 memory=256
console.error('A sandbox child did not start: no message')
process.exit(72)
