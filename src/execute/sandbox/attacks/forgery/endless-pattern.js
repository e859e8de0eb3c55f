// tries: to hold up Cupel itself, with an error text that its patterns take for ever to read
// expect: runtime-error, compile-error, output-limit
// limits: cpu=3 wall=10 memory=256 output=3000000
const line = 'SyntaxError: \n'
for (let i = 0; i < 20; i++) process.stderr.write(line.repeat(10000))
process.exitCode = 1
