import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'sql',
  title: 'SQL',
  summary: 'SQL on SQLite, or sql.js; rows are printed with | between the cells',
  extensions: ['sql'],
  aliases: ['sqlite', 'sqlite3'],
  file: 'main.sql',
  native: {
    probe: ['sqlite3', '--version'],
    version: /^\S+/m,
    install: { apt: 'sqlite3' },
    run: ['sh', '-c', 'exec sqlite3 -batch -bail :memory: < "$1"', 'sqlite3', '{file}'],
    outOfMemory: /error( near line \d+)?: (stepping, )?out of memory/i,
  },
  wasm: 'sqljs',
})
