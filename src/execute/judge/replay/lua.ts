/**
 * Lua: the function is often local to its file, so the candidate's file ends with its name. The module that published tests
 * assert with is not part of Lua; the examiner brings what stands for it.
 */
import { readFileSync } from 'node:fs'
import type { Embedding } from './embedding.js'
import { helpers } from './header.js'

const read = (name: string) => readFileSync(new URL(`lua/${name}`, import.meta.url), 'utf8')
const cupel = read('cupel.lua')
const unit = read('luaunit.lua')

export const lua: Embedding = {
  language: 'lua',
  examiner({ trusted, script, entryPoint: name }) {
    const standIn = `local function ${name}(...) return require('cupel').call('${name}', ...) end`
    const steady = `math.randomseed(1)
do
  local now, time = 1700000000, os.time
  os.time = function(date) now = now + 1; return date and time(date) or now end
  os.clock = function() now = now + 1; return now / 1000 end
end`
    const main = `${steady}\n${helpers(trusted, heads, name)}\n${standIn}\n${script}\n`
    return { 'main.lua': main, 'cupel.lua': cupel, 'luaunit.lua': unit }
  },
  candidate({ entryPoint: name }, code) {
    // A program that returns something at its end has no room for more behind it: its function is then a global one.
    const main = `local cupel = require('cupel')
local source = ${quoted(code.replace(/^#!/, '--'))}
local program = load(source .. '\\nreturn ${name}\\n', '@solution.lua')
local wrong
if not program then program, wrong = load(source, '@solution.lua') end
if not program then
  io.stderr:write('lua5.4: ', wrong, '\\n')
  os.exit(1)
end
local given = program()
local serve = cupel.serve
serve(type(given) == 'function' and given or ${name})
`
    return { 'main.lua': main, 'cupel.lua': cupel }
  },
}

/** Heads of functions. */
const heads = /^[ \t]*(?:local[ \t]+)?function[ \t]+([\w.:]+)/gm

/** The source as a text of Lua, whatever brackets are in it. */
function quoted(source: string): string {
  const longest = Math.max(0, ...[...source.matchAll(/\](=*)/g)].map(([, signs]) => (signs as string).length + 1))
  const level = '='.repeat(longest)
  return `[${level}[\n${source}]${level}]`
}
