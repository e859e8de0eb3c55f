import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'pascal',
  title: 'Pascal',
  summary: 'Free Pascal',
  extensions: ['pas', 'pp', 'lpr'],
  aliases: ['fpc', 'freepascal', 'delphi'],
  file: 'main.pas',
  native: {
    probe: ['fpc', '-iV'],
    install: { apt: 'fp-compiler fp-units-fcl' },
    reads: ['/etc/fpc.cfg'],
    compile: ['fpc', '-O2', '-v0e', '-l-', '-FU/tmp', '-o{out}', '{file}'],
    run: ['./{out}'],
    outOfMemory: /EOutOfMemory|^Runtime error 203 /m,
  },
})
