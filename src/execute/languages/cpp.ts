import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'cpp',
  summary: 'C++17 with g++',
  extensions: ['cpp', 'cc', 'cxx'],
  aliases: ['c++'],
  file: 'main.cpp',
  native: {
    probe: ['g++', '--version'],
    install: { apt: 'g++' },
    compile: ['g++', '-O2', '-std=c++17', '-o', '{out}', '{file}'],
    precompiles: 'bits/stdc++.h',
    linker: 'gold',
    run: ['./{out}'],
  },
})
