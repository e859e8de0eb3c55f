import { defineLanguage } from '../../kernel/index.js'

/** Modules before those that use them. */
const build = 'exec ocamlopt -I +threads -o out unix.cmxa threads.cmxa str.cmxa $(ocamldep -sort "$@") -ccopt -pthread'

export default defineLanguage({
  name: 'ocaml',
  title: 'OCaml',
  summary: 'OCaml, compiled to native code, with unix, threads and str',
  extensions: ['ml'],
  aliases: ['ml'],
  file: 'main.ml',
  native: {
    probe: ['ocamlopt', '-version'],
    install: { apt: 'ocaml-nox' },
    compile: ['sh', '-c', build, 'ocaml', '{files}'],
    run: ['./{out}'],
    reservesAddressSpace: true,
    outOfMemory: /^Fatal error: (exception Out_of_memory|out of memory)/m,
  },
})
