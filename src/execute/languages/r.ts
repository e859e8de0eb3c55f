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
  },
})
