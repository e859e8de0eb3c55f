import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'lua',
  title: 'Lua',
  summary: 'Lua 5.4, or wasmoon',
  extensions: ['lua'],
  file: 'main.lua',
  native: {
    probe: ['lua5.4', '-v'],
    version: /^Lua \S+/m,
    install: { apt: 'lua5.4' },
    run: ['lua5.4', '{file}'],
    // a message with a line, but without a traceback: the compiler refused it
    syntaxError: /(?<![\s\S])(?![\s\S]*^stack traceback:)lua5\.4: (?!\(error object)[^\n]*:\d+: /m,
    outOfMemory: /^lua5\.4: not enough memory/m,
  },
  wasm: 'wasmoon',
})
