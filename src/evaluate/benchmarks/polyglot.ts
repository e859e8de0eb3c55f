/** Aider's polyglot benchmark, and any other folder of Exercism exercises. */
import { extractFiles } from '../../code/index.js'
import { defineBenchmark } from '../../kernel/index.js'
import { exerciseProblem, exerciseRow } from '../polyglot/exercise.js'

export default defineBenchmark({
  name: 'polyglot',
  summary:
    "a folder of Exercism exercises (--data FOLDER), Aider's 225 in C++, Go, Java, JavaScript, Python and Rust among them",
  source: { title: 'Aider polyglot benchmark', year: 2024, link: 'https://github.com/Aider-AI/polyglot-benchmark' },
  licence: 'MIT (Exercism)',
  data: [],
  taskFile: '.meta/config.json',
  row: exerciseRow,
  *problems([rows = []]) {
    for (const row of rows) yield exerciseProblem(row)
  },
  /** A completion of the prompt is a reply with files. */
  complete: ({ files = [], language }, completion) => extractFiles(completion, { files, language }).code ?? completion,
  k: [1],
  contamination:
    'Exercism is public, with its tests and thousands of solutions: in training sets. Tests run with the toolchains alone: ' +
    'Java by javac and JUnit without Gradle, JavaScript by a stand-in for Jest without npm, Rust without cargo and crates, ' +
    "C++ without CMake. The layout read is that of Exercism's tracks; Aider's copy of them was not at hand.",
})
