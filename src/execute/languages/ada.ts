import { defineLanguage } from '../../kernel/index.js'

/** Every unit gets the file its name demands; the last one of the entry is the program. */
const build = [
  'mkdir /tmp/ada',
  'gnatchop -q -w "$@" /tmp/ada',
  'main=$(gnatchop -w "$1" /tmp/ada | tail -n 1)',
  'cd /tmp/ada',
  'gnatmake -q -O2 -gnato -o /tmp/work/out $main',
].join(' && ')

export default defineLanguage({
  name: 'ada',
  title: 'Ada',
  summary: 'Ada 2012 with GNAT; the last unit of the entry is the program',
  extensions: ['adb', 'ads', 'ada'],
  aliases: ['gnat'],
  file: 'main.adb',
  native: {
    probe: ['gnatmake', '--version'],
    install: { apt: 'gnat' },
    compile: ['sh', '-c', build, 'gnatmake', '{files}'],
    run: ['./{out}'],
    outOfMemory: /raised STORAGE_ERROR : .*(heap exhausted|object too large)/,
  },
})
