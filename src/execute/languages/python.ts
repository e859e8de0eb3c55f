import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'python',
  title: 'Python',
  summary: 'Python 3: a warm interpreter that forks, or Pyodide',
  extensions: ['py'],
  aliases: ['python3', 'py'],
  file: 'main.py',
  native: {
    probe: ['python3', '--version'],
    install: { apt: 'python3' },
    run: ['python3', '{file}'],
    // no traceback: the parser refused it
    syntaxError:
      /(?<![\s\S])(?![\s\S]*Traceback \(most recent call last\))[\s\S]*^(SyntaxError|IndentationError|TabError)\b/m,
    outOfMemory: /(^|\n)MemoryError\b[^\n]*\n?$/,
    warm: 'python',
  },
  wasm: 'pyodide',
})
