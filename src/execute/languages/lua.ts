import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'lua',
  summary: 'Lua 5.4 (wasmoon)',
  extensions: ['lua'],
  file: 'main.lua',
  wasm: 'wasmoon',
})
