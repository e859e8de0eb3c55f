import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'sql',
  summary: 'SQL on SQLite (sql.js); rows are printed with | between the cells',
  extensions: ['sql'],
  aliases: ['sqlite'],
  file: 'main.sql',
  wasm: 'sqljs',
})
