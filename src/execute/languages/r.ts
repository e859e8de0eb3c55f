import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'r',
  title: 'R',
  summary: 'R with its base packages',
  extensions: ['r'],
  aliases: ['rscript'],
  file: 'main.R',
  native: {
    probe: ['Rscript', '--version'],
    install: { apt: 'r-base-core' },
    reads: ['/etc/R'],
    run: ['Rscript', '--vanilla', '{file}'],
    reservesAddressSpace: true,
    outOfMemory: /cannot allocate (vector|memory)|memory exhausted/,
    warm: {
      // the last it opens before it reads the program; the temporary folder it has made is made again
      stopAt: '*/library/compiler/R/compiler.rdb',
      check: 'cat(6 * 7, median(c(1, 3)), dir.exists(tempdir()), readLines(file("stdin")), runif(1))',
      prints: /^42 2 TRUE (|text) (0\.\d+)$/,
    },
  },
})
