import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'javascript',
  title: 'JavaScript',
  summary: 'JavaScript: Node.js, or QuickJS',
  extensions: ['js', 'mjs', 'cjs'],
  aliases: ['js', 'node', 'nodejs'],
  file: 'main.js',
  native: {
    probe: ['{node}', '--version'],
    install: { apt: 'nodejs' },
    run: ['{node}', '--max-old-space-size={memory}', '{file}'],
    syntaxError: /^SyntaxError: .*\n(.*\n)*? +at (wrapSafe|internalCompileFunction)/m,
    reservesAddressSpace: true,
    warm: 'node',
  },
  wasm: 'quickjs',
})
