import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'c',
  summary: 'C17 with gcc',
  extensions: ['c'],
  file: 'main.c',
  native: {
    probe: ['gcc', '--version'],
    install: { apt: 'gcc libc6-dev' },
    compile: ['gcc', '-O2', '-std=c17', '-o', '{out}', '{file}', '-lm'],
    linker: 'gold',
    run: ['./{out}'],
  },
})
