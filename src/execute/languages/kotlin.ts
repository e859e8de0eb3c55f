import { defineLanguage } from '../../kernel/index.js'
import { compilerMachine, machine, onMachine } from './jvm.js'

const home = '/usr/share/kotlin/kotlinc'

/** The compiler and what its manifest names, which a machine does not find behind Debian's links. */
const compilerPath = [
  'kotlin-compiler',
  'kotlin-stdlib',
  'kotlin-reflect',
  'kotlin-script-runtime',
  'trove4j',
  'annotations-13.0',
]
  .map((name) => `${home}/lib/${name}.jar`)
  .join(':')

export default defineLanguage({
  name: 'kotlin',
  title: 'Kotlin',
  summary: 'Kotlin 1.3 on OpenJDK',
  extensions: ['kt'],
  aliases: ['kt'],
  file: 'Main.kt',
  native: {
    ...onMachine,
    probe: ['kotlinc', '-version'],
    version: /kotlinc-jvm \S+/,
    install: { apt: 'kotlin openjdk-17-jdk-headless' },
    // the launcher sets an option of which the machine warns
    env: { JAVA_OPTS: [...compilerMachine, '-XX:-PrintWarnings'].join(' ') },
    compile: ['sh', '-c', 'kotlinc -nowarn -no-reflect -d out.jar "$@" && mv out.jar out', 'kotlinc', '{files}'],
    warmCompiler: {
      driver: 'JvmCompiler.java',
      start: [
        ...['java', ...compilerMachine, '-XX:-PrintWarnings', '-noverify'],
        ...['-cp', compilerPath, '/cupel/JvmCompiler.java', 'kotlin'],
      ],
      options: ['-kotlin-home', home, '-nowarn', '-no-reflect', '-d', '/tmp/classes/out.jar', '{files}'],
    },
    run: ['java', ...machine, '-Xbootclasspath/a:/usr/share/java/kotlin-stdlib.jar', '-jar', '{out}'],
  },
})
