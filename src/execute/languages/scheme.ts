import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'scheme',
  title: 'Scheme',
  summary: 'Scheme with Guile 3',
  extensions: ['scm', 'ss'],
  aliases: ['guile', 'scm'],
  file: 'main.scm',
  native: {
    probe: ['guile', '--version'],
    install: { apt: 'guile-3.0' },
    // or its collector looks for /proc/stat, and says that it is not there
    env: { GC_NPROCS: '2' },
    run: ['guile', '--no-auto-compile', '-L', '.', '{file}'],
    reservesAddressSpace: true,
    outOfMemory: /Out of memory|out of memory|GC Warning: Failed/,
    warm: {
      check:
        '(use-modules (ice-9 rdelim)) (display (list (* 6 7) (read-line) (random 1e9 (random-state-from-platform))))',
      prints: /^\(42 (text|#<eof>) ([\d.]+)\)$/,
    },
  },
})
