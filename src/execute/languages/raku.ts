import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'raku',
  title: 'Raku',
  summary: 'Raku with Rakudo',
  extensions: ['raku', 'rakumod', 'p6'],
  aliases: ['perl6', 'rakudo'],
  file: 'main.raku',
  native: {
    probe: ['raku', '--version'],
    version: /Rakudo\S* v[\d.]*\d/,
    install: { apt: 'rakudo' },
    env: { RAKUDO_ERROR_COLOR: '0' },
    run: ['raku', '{file}'],
    syntaxError: /^===SORRY!=== Error while compiling \/tmp\/work\/(?!EVAL_)/m,
    reservesAddressSpace: true,
    outOfMemory: /MoarVM panic: Memory allocation failed|MoarVM: Memory allocation failed/,
  },
})
