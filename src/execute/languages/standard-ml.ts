import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'standard-ml',
  title: 'Standard ML',
  summary: 'Standard ML with Poly/ML; the arguments follow those of the system in CommandLine.arguments',
  extensions: ['sml'],
  aliases: ['sml', 'polyml'],
  file: 'main.sml',
  native: {
    probe: ['poly', '-v'],
    version: /^Poly\/ML \S+/m,
    install: { apt: 'polyml' },
    run: ['poly', '--maxheap', '{memory}', '--script', '{file}'],
    reservesAddressSpace: true,
    outOfMemory: /Run out of store|Insufficient memory|Unable to (initialise|allocate)/,
  },
})
