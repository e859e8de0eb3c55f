import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'forth',
  title: 'Forth',
  summary: 'Forth with Gforth; the arguments are there with next-arg',
  extensions: ['fs', 'fth', '4th', 'forth'],
  aliases: ['gforth'],
  file: 'main.fs',
  native: {
    probe: ['gforth', '--version'],
    install: { apt: 'gforth' },
    run: ['gforth', '-e', 's" {file}" included bye'],
    reservesAddressSpace: true,
    outOfMemory: /Dictionary overflow|Cannot allocate memory/i,
  },
})
