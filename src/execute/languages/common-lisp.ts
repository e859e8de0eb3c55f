import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'common-lisp',
  title: 'Common Lisp',
  summary: 'Common Lisp with SBCL',
  extensions: ['lisp', 'lsp', 'cl'],
  aliases: ['lisp', 'sbcl', 'commonlisp', 'cl'],
  file: 'main.lisp',
  native: {
    probe: ['sbcl', '--version'],
    install: { apt: 'sbcl' },
    run: ['sbcl', '--dynamic-space-size', '{memory}', '--control-stack-size', '64', '--script', '{file}'],
    reservesAddressSpace: true,
    outOfMemory: /Heap exhausted|HEAP-EXHAUSTED/,
    warm: {
      check: '(print (list (* 6 7) (read-line *standard-input* nil "") (random 1000000000 (make-random-state t))))',
      prints: /^\n\(42 "(text|)" (\d+)\) $/,
    },
  },
})
