import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'octave',
  title: 'Octave',
  summary: 'GNU Octave, which runs most MATLAB scripts',
  extensions: ['m', 'octave'],
  aliases: ['matlab'],
  file: 'main.m',
  native: {
    probe: ['octave-cli', '--version'],
    install: { apt: 'octave' },
    env: { OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' },
    run: ['octave-cli', '--no-gui', '--quiet', '--no-history', '--no-init-file', '{file}'],
    syntaxError: /^error: parse error near line \d+ of file \/tmp\/work\//m,
    reservesAddressSpace: true,
    outOfMemory: /out of memory or dimension too large/,
  },
})
