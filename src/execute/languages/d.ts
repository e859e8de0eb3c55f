import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'd',
  title: 'D',
  summary: 'D with LDC and Phobos',
  extensions: ['d'],
  aliases: ['dlang', 'ldc'],
  file: 'main.d',
  native: {
    probe: ['ldc2', '--version'],
    version: /^LDC - .*\)/m,
    install: { apt: 'ldc gcc libc6-dev' },
    reads: ['/etc/ldc2.conf'],
    compile: ['ldc2', '-O2', '--od=/tmp/d', '--of={out}', '{files}'],
    run: ['./{out}'],
    reservesAddressSpace: true,
    outOfMemory: /OutOfMemoryError/,
  },
})
