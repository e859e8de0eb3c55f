import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'racket',
  title: 'Racket',
  summary: 'Racket CS',
  extensions: ['rkt'],
  aliases: ['rkt'],
  file: 'main.rkt',
  native: {
    probe: ['racket', '--version'],
    version: /Racket v\S+ \[\w+\]/,
    install: { apt: 'racket' },
    reads: ['/etc/racket'],
    compile: ['sh', '-c', 'raco make "$1" && tar -cf /tmp/made . && mv /tmp/made out', 'raco', '{file}'],
    run: ['sh', '-c', 'tar -xf out && exec racket "$@"', 'racket', '{file}'],
    reservesAddressSpace: true,
    outOfMemory: /out of memory/,
  },
})
