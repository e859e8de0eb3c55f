import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'wat',
  title: 'WebAssembly text',
  summary: 'WebAssembly text: a WASI command, or a module with a function main',
  extensions: ['wat'],
  aliases: ['webassembly', 'wast'],
  file: 'main.wat',
  wasm: 'wabt',
})
