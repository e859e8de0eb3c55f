import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'typescript',
  title: 'TypeScript',
  summary: 'TypeScript: types are removed, then as JavaScript',
  extensions: ['ts'],
  aliases: ['ts'],
  file: 'main.ts',
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
