import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'crystal',
  title: 'Crystal',
  summary: 'Crystal 1.6, without the optimisations that take many seconds',
  extensions: ['cr'],
  aliases: ['cr'],
  file: 'main.cr',
  native: {
    probe: ['crystal', '--version'],
    install: { apt: 'crystal' },
    env: { CRYSTAL_CACHE_DIR: '/tmp/crystal', GC_NPROCS: '2' },
    compile: ['crystal', 'build', '--no-color', '--threads', '2', '-o', '{out}', '{file}'],
    run: ['./{out}'],
    reservesAddressSpace: true,
    outOfMemory: /GC Warning: (Out of Memory|Failed to expand heap)|Out of memory/i,
  },
})
