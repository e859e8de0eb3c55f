import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'haskell',
  title: 'Haskell',
  summary: 'Haskell with GHC and the packages that come with it',
  extensions: ['hs'],
  aliases: ['hs', 'ghc'],
  file: 'main.hs',
  native: {
    probe: ['ghc', '--version'],
    install: { apt: 'ghc' },
    reads: ['/var/lib/ghc'],
    compile: ['ghc', '-O', '-v0', '-rtsopts=ignoreAll', '-outputdir', '/tmp/ghc', '-o', '{out}', '{file}'],
    run: ['./{out}'],
    reservesAddressSpace: true,
    outOfMemory: /Heap exhausted|heap overflow|out of memory/,
  },
})
