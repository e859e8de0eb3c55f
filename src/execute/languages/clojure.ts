import { defineLanguage } from '../../kernel/index.js'
import { machine, onMachine } from './jvm.js'

export default defineLanguage({
  name: 'clojure',
  title: 'Clojure',
  summary: 'Clojure on OpenJDK',
  extensions: ['clj'],
  aliases: ['clj'],
  file: 'main.clj',
  native: {
    ...onMachine,
    probe: [
      'java',
      '-cp',
      '/usr/share/java/clojure.jar',
      'clojure.main',
      '-e',
      '(println (str "Clojure " (clojure-version)))',
    ],
    install: { apt: 'clojure openjdk-17-jre-headless' },
    run: ['java', ...machine, '-cp', '/usr/share/java/clojure.jar:.', 'clojure.main', '{file}'],
    warm: {
      check: '(println (* 6 7) (read-line) (clojure.string/upper-case "a") (rand))',
      prints: /^42 (text|nil) A (0\.\d+|\d\.\d+E-\d+)\n$/,
    },
  },
})
