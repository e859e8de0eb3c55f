import { defineLanguage } from '../../kernel/index.js'

const quiet = ['--hints:off', '--warnings:off', '--verbosity:0']

export default defineLanguage({
  name: 'nim',
  title: 'Nim',
  summary: 'Nim 1.6',
  extensions: ['nim'],
  file: 'main.nim',
  native: {
    probe: ['nim', '--version'],
    install: { apt: 'nim gcc libc6-dev' },
    reads: ['/etc/nim'],
    compile: ['nim', 'compile', ...quiet, '-d:release', '--nimcache:/tmp/nim', '-o:{out}', '{file}'],
    run: ['./{out}'],
    outOfMemory: /^out of memory|OutOfMemDefect/m,
  },
})
