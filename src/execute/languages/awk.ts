import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'awk',
  title: 'AWK',
  summary: 'AWK with gawk',
  extensions: ['awk'],
  aliases: ['gawk'],
  file: 'main.awk',
  native: {
    probe: ['gawk', '--version'],
    version: /^GNU Awk [\d.]+/m,
    install: { apt: 'gawk' },
    run: ['gawk', '-f', '{file}', '--'],
    syntaxError: /^gawk: [^\n]*:\d+: [^\n]*\^ /m,
    outOfMemory: /^gawk: .*fatal: .*(memory exhausted|cannot allocate)/m,
  },
})
