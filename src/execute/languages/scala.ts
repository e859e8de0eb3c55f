import { defineLanguage } from '../../kernel/index.js'
import { compilerMachine, machine, onMachine } from './jvm.js'

export default defineLanguage({
  name: 'scala',
  title: 'Scala',
  summary: 'Scala 2.11 on OpenJDK',
  extensions: ['scala', 'sc'],
  file: 'Main.scala',
  native: {
    ...onMachine,
    probe: ['scalac', '-version'],
    version: /Scala compiler version \S+/,
    install: { apt: 'scala openjdk-17-jdk-headless' },
    env: { JAVA_OPTS: compilerMachine.join(' ') },
    compile: ['sh', '-c', 'scalac -nowarn -encoding UTF-8 -d out.jar "$@" && mv out.jar out', 'scalac', '{files}'],
    warmCompiler: {
      driver: 'JvmCompiler.java',
      start: [
        ...['java', ...compilerMachine, '-Dscala.home=/usr/share/scala', '-Dscala.usejavacp=true'],
        ...['-cp', '/usr/share/scala/lib/*', '/cupel/JvmCompiler.java', 'scala'],
      ],
      options: ['-nowarn', '-encoding', 'UTF-8', '-d', '/tmp/classes/out.jar', '{files}'],
      // a macro is code that runs while it compiles, and its word may be written in escapes
      unlike: /macro|\\u/,
    },
    run: ['java', ...machine, '-Xbootclasspath/a:/usr/share/java/scala-library.jar', '-jar', '{out}'],
  },
})
