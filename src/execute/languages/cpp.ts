import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'cpp',
  title: 'C++',
  summary: 'C++17 with g++',
  extensions: ['cpp', 'cc', 'cxx'],
  aliases: ['c++', 'cpp17', 'c++17'],
  file: 'main.cpp',
  native: {
    probe: ['g++', '--version'],
    install: { apt: 'g++' },
    compile: ['g++', '-O2', '-std=gnu++17', '-o', '{out}', '{files}', '-pthread'],
    precompiles: 'bits/stdc++.h',
    linker: 'gold',
    run: ['./{out}'],
    // each thread reserves a stack as large as that of the program
    reservesAddressSpace: true,
    outOfMemory: /^terminate called after throwing an instance of 'std::bad_/m,
  },
  wasm: 'clang',
})
