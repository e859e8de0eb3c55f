import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'c',
  title: 'C',
  summary: 'C17 with gcc',
  extensions: ['c'],
  file: 'main.c',
  native: {
    probe: ['gcc', '--version'],
    install: { apt: 'gcc libc6-dev' },
    compile: ['gcc', '-O2', '-std=gnu17', '-o', '{out}', '{files}', '-lm', '-pthread'],
    linker: 'gold',
    run: ['./{out}'],
    // each thread reserves a stack as large as that of the program
    reservesAddressSpace: true,
  },
  wasm: 'clang',
})
