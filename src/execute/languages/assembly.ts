import { defineLanguage } from '../../kernel/index.js'

/** With `main` the program is linked as C programs are, with `_start` alone. */
const build = [
  'for file; do nasm -f elf64 -o "/tmp/$(basename "$file").o" "$file" || exit 1; done',
  'if grep -qiE "^[[:space:]]*global[[:space:]].*\\b_start\\b" "$1"; then exec ld -o out /tmp/*.o; fi',
  'exec gcc -no-pie -z noexecstack -o out /tmp/*.o -lm',
].join('\n')

export default defineLanguage({
  name: 'assembly',
  title: 'Assembly',
  summary: 'x86-64 assembly with NASM, with the C library if the program has a main',
  extensions: ['asm', 'nasm'],
  aliases: ['asm', 'nasm', 'x86'],
  file: 'main.asm',
  native: {
    probe: ['sh', '-c', 'ld --version > /dev/null && nasm --version'],
    install: { apt: 'nasm gcc libc6-dev' },
    compile: ['sh', '-c', build, 'nasm', '{files}'],
    run: ['./{out}'],
  },
})
