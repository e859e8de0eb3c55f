/** JavaScript and TypeScript: functions are found by name in the candidate's file, and stood in for by name in the tests. */
import { readFileSync } from 'node:fs'
import type { AssertionSuite } from '../../../kernel/index.js'
import type { Embedding } from './embedding.js'
import { Edits } from './edits.js'
import { braces, closers, leftOpen, openFunction, withoutTexts } from './header.js'

const cupel = readFileSync(new URL('javascript/cupel.js', import.meta.url), 'utf8')

function embedding(language: string, entry: string): Embedding {
  return {
    language,
    examiner: (suite) => ({ [entry]: tests(suite), 'cupel.js': cupel }),
    beside: ({ script }, code, word) => ({
      files: {
        [entry]: `${begun(leftOpen(code, script), '.beside()')}\n${told(script)}\n${oneByOne(script)};require('./cupel.js').ended('${word}')\n`,
        'cupel.js': cupel,
      },
      tests: 1,
    }),
    candidate: ({ entryPoint }, code) => ({ [entry]: `${begun(code)}\n${serving(entryPoint)}`, 'cupel.js': cupel }),
  }
}

export const javascript = embedding('javascript', 'main.js')
export const typescript = embedding('typescript', 'main.ts')

/** The calls are read before the program runs, which may read its input too; it finds it empty. */
function begun(given: string, more = ''): string {
  const code = given.replace(/^#!.*/, '')
  const directive = /^\s*(?:'use strict'|"use strict");?/.exec(code)?.[0] ?? ''
  return `${directive};require('./cupel.js')${more};${code.slice(directive.length)}`
}

/** An undefined name is the program's error at the call, not before. */
function serving(name: string): string {
  return `;require('./cupel.js').serve(() => ${name})\n`
}

/** A script of functions `test…` that it does not call itself is a list of tests, each with its own outcome. */
function testFunctions(script: string): string[] {
  const plain = withoutTexts(script)
  const names = [...plain.matchAll(/^(?:async )?function (test\w*)\(/gm)].map((found) => found[1] as string)
  return names.filter((name) => plain.split(new RegExp(`\\b${name}\\b`)).length === 2)
}

const waits = `require('./cupel.js').waits.for = `

/** What the script begins at its top and does not wait for itself: a promise that is never kept would end it as if it had passed. */
function told(script: string): string {
  const plain = withoutTexts(script)
  const names = [...plain.matchAll(/\basync\s+function\s+(\w+)|\b(\w+)\s*=\s*async\b/g)].map(
    ([, one, other]) => one ?? other,
  )
  const begins = new RegExp(
    `^[ \\t;]*(?=${['\\(\\s*async\\b', ...names.map((name) => `${name}\\s*\\(`)].join('|')})`,
    'gm',
  )
  const edits = new Edits(script, 'slashes')
  edits.each(begins, (found) => {
    const { open, closing } = braces(plain.slice(0, found.index))
    return open + closing > 0 ? found[0] : `${found[0]}${waits}`
  })
  return edits.made()
}

/** Beside the program they are one test: the first that fails ends it. */
function oneByOne(script: string): string {
  const names = testFunctions(script)
  return names.length === 0 ? '' : `;${waits}(async () => { ${names.map((name) => `await ${name}()`).join('; ')} })()\n`
}

function tests(suite: AssertionSuite): string {
  const names = testFunctions(suite.script)
  const run = names.length > 0 ? `\n;require('./cupel.js').runTests({ ${names.join(', ')} })\n` : ''
  return `${examiner(suite)}${run}`
}

function examiner({ trusted, script, entryPoint }: AssertionSuite): string {
  const start = `require('./cupel.js').prepareTests();require('./cupel.js').stopClocks();\n`
  const made = `require('./cupel.js').standIn(${JSON.stringify(entryPoint)})`
  const open = openFunction(trusted)
  if (open?.name !== entryPoint) return `${start}${trusted}\nconst ${entryPoint} = ${made}\n${script}`
  // Helpers that the prompt defines in front are the benchmark's own.
  const names = open.parameters.map((one) => /^(\.\.\.)?\s*[\w$]+/.exec(one)?.[0] ?? '')
  return `${start}${trusted}\n  return ${made}(${names.join(', ')})\n${closers(trusted, script)}\n${script}`
}
