import { defineLanguage } from '../../kernel/index.js'

/** The entry last: the modules it uses must be compiled before it. */
const build = 'entry=$1; shift; exec gfortran -O2 -J /tmp -o out "$@" "$entry"'

export default defineLanguage({
  name: 'fortran',
  title: 'Fortran',
  summary: 'Fortran with gfortran; other files are compiled in the order given, the entry last',
  extensions: ['f90', 'f95', 'f03', 'f08', 'f', 'for'],
  aliases: ['gfortran'],
  file: 'main.f90',
  native: {
    probe: ['gfortran', '--version'],
    install: { apt: 'gfortran' },
    compile: ['sh', '-c', build, 'gfortran', '{files}'],
    run: ['./{out}'],
    reservesAddressSpace: true,
    outOfMemory: /Allocation would exceed memory limit|Error allocating \d+ bytes/,
  },
})
