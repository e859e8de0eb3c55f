import { defineLanguage } from '../../kernel/index.js'
import { machine, onMachine } from './jvm.js'

export default defineLanguage({
  name: 'groovy',
  title: 'Groovy',
  summary: 'Groovy 2.4 on OpenJDK',
  extensions: ['groovy'],
  file: 'main.groovy',
  native: {
    ...onMachine,
    reads: [...onMachine.reads, '/etc/groovy'],
    probe: ['groovy', '--version'],
    version: /Groovy Version: \S+/,
    install: { apt: 'groovy openjdk-17-jdk-headless' },
    env: { JAVA_OPTS: machine.join(' ') },
    run: ['groovy', '{file}'],
    syntaxError:
      /^org\.codehaus\.groovy\.control\.MultipleCompilationErrorsException: startup failed:\s+(?!Script\d+\.groovy)/m,
  },
})
