import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'rust',
  title: 'Rust',
  summary: 'Rust 2021 with its standard library; modules in files of their own',
  extensions: ['rs'],
  aliases: ['rs'],
  file: 'main.rs',
  native: {
    probe: ['rustc', '--version'],
    install: { apt: 'rustc' },
    // overflow is an error, as in a debug build; the rest is optimised
    compile: ['rustc', '--edition=2021', '-Copt-level=2', '-Coverflow-checks=on', '-o', '{out}', '{file}'],
    run: ['./{out}'],
    outOfMemory: /^memory allocation of \d+ bytes failed/m,
  },
})
