import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'tcl',
  title: 'Tcl',
  summary: 'Tcl 8.6',
  extensions: ['tcl'],
  aliases: ['tclsh'],
  file: 'main.tcl',
  native: {
    probe: ['sh', '-c', 'echo "puts \\"Tcl [info patchlevel]\\"" | tclsh'],
    install: { apt: 'tcl' },
    run: ['tclsh', '{file}'],
    outOfMemory: /unable to (re)?alloc/,
  },
})
