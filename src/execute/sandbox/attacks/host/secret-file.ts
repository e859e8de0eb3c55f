// tries: to read a file of the host, by name and as a module
// expect: ok, runtime-error
// limits: cpu=3 wall=8 memory=256
declare const require: (name: string) => { readFileSync(name: string, encoding: string): string }
const paths: readonly string[] = ['CANARY_FILE', '../../../../../../../../CANARY_FILE', '/etc/shadow']
for (const path of paths) {
  try {
    console.log('ESCAPED:', require('fs').readFileSync(path, 'utf8'))
  } catch {}
}
console.log('held')
