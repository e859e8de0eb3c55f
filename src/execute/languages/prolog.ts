import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'prolog',
  title: 'Prolog',
  summary: 'SWI-Prolog; starts main/0, unless the program has an initialization of its own',
  extensions: ['pro', 'prolog', 'plg', 'pl'],
  aliases: ['swi-prolog', 'swipl'],
  file: 'main.pl',
  native: {
    probe: ['swipl', '--version'],
    install: { apt: 'swi-prolog-nox' },
    names: (source) => {
      const plain = source.replace(/%[^\n]*|\/\*[\s\S]*?\*\//g, ' ')
      return { main: /^main\b/m.test(plain) && !/:-\s*initialization\b/.test(plain) ? 'main' : 'true' }
    },
    run: ['swipl', '-q', '-g', '{main}', '-t', 'halt', '{file}', '--'],
    reservesAddressSpace: true,
    outOfMemory: /resource error|Not enough resources|Stack limit \(/i,
    warm: {
      check: ':- read_string(user_input, _, S), X is 6 * 7, random(R), print([X, S, R]).\nmain.',
      prints: /^\[42,"(|text\\n)",(0\.\d+)\]$/,
    },
  },
  wasm: 'swipl',
})
