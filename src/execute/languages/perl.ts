import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'perl',
  title: 'Perl',
  summary: 'Perl 5',
  extensions: ['pl'],
  aliases: ['pl'],
  file: 'main.pl',
  native: {
    probe: ['perl', '-e', 'print "perl $^V"'],
    install: { apt: 'perl-base' },
    run: ['perl', '{file}'],
    outOfMemory: /(^|\n)Out of memory[^\n]*\n?$/,
    syntaxError: /aborted due to compilation errors|had compilation errors/,
  },
  wasm: 'zeroperl',
})
