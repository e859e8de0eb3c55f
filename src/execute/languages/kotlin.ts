import { defineLanguage } from '../../kernel/index.js'
import { compilerMachine, machine, onMachine } from './jvm.js'

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
    env: { JAVA_OPTS: compilerMachine.join(' ') },
    compile: ['sh', '-c', 'kotlinc -nowarn -no-reflect -d out.jar "$@" && mv out.jar out', 'kotlinc', '{files}'],
    run: ['java', ...machine, '-Xbootclasspath/a:/usr/share/java/kotlin-stdlib.jar', '-jar', '{out}'],
  },
})
