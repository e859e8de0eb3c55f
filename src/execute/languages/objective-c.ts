import { defineLanguage } from '../../kernel/index.js'

const build =
  'exec clang -fobjc-runtime=gcc $(gnustep-config --objc-flags) -w -O2 -idirafter "$(gcc -print-file-name=include)" ' +
  '-MF /dev/null -o out -x objective-c "$@" $(gnustep-config --base-libs)'

export default defineLanguage({
  name: 'objective-c',
  title: 'Objective-C',
  summary: 'Objective-C with clang and the Foundation of GNUstep',
  // .m is Octave's unless the language is named.
  extensions: ['objc', 'm'],
  aliases: ['objectivec', 'objc'],
  file: 'main.m',
  native: {
    probe: ['sh', '-c', 'gnustep-config --base-libs > /dev/null && clang --version'],
    install: { apt: 'clang gobjc libgnustep-base-dev' },
    compile: ['sh', '-c', build, 'clang', '{files}'],
    run: ['./{out}'],
    reservesAddressSpace: true,
  },
})
