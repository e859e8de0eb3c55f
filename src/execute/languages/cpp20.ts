/** A language of its own and not an option, so that a problem, a file of samples or a command names it as any other. */
import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'cpp20',
  title: 'C++20',
  summary: 'C++20 with g++',
  // .cpp and the like mean C++17 unless the language is named.
  extensions: ['cpp20', 'cpp', 'cc', 'cxx'],
  file: 'main.cpp',
  native: {
    probe: ['g++', '--version'],
    install: { apt: 'g++' },
    compile: ['g++', '-O2', '-std=gnu++20', '-o', '{out}', '-x', 'c++', '{files}', '-pthread'],
    run: ['./{out}'],
    // each thread reserves a stack as large as that of the program
    reservesAddressSpace: true,
    outOfMemory: /^terminate called after throwing an instance of 'std::bad_/m,
  },
  wasm: 'clang',
})
