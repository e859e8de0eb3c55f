import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'scheme',
  title: 'Scheme',
  summary: 'Scheme with Guile 3',
  extensions: ['scm', 'ss'],
  aliases: ['guile', 'scm'],
  file: 'main.scm',
  native: {
    probe: ['guile', '--version'],
    install: { apt: 'guile-3.0' },
    run: ['guile', '--no-auto-compile', '-L', '.', '{file}'],
    reservesAddressSpace: true,
    outOfMemory: /Out of memory|out of memory|GC Warning: Failed/,
  },
})
