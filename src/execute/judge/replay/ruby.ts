/** Ruby: functions are methods of the main object, found and stood in for by name. */
import { readFileSync } from 'node:fs'
import type { Embedding } from './embedding.js'
import { helpers } from './header.js'

const cupel = readFileSync(new URL('ruby/cupel.rb', import.meta.url), 'utf8')

export const ruby: Embedding = {
  language: 'ruby',
  examiner({ trusted, script, entryPoint: name }) {
    const body = `require_relative 'cupel'\nsrand(1)\n${helpers(trusted, heads, name)}\ndef ${name}(*args) = CupelReplay.call('${name}', args)\n${script}\n`
    return { 'main.rb': body, 'cupel.rb': cupel }
  },
  candidate({ entryPoint: name }, code) {
    const [program, data] = atEnd(code)
    const first = `require_relative 'cupel'; $stdout.reopen($stderr); `
    const serve = `\nCupelReplay.serve { |_, args| ${name}(*args) }\n`
    return { 'main.rb': `${begun(program, first)}${serve}${data}`, 'cupel.rb': cupel }
  },
  beside({ script }, code, word) {
    const [program, data] = atEnd(code)
    // What is a program together with the tests only has made them part of a text of its own.
    const first = `require_relative 'cupel'; CupelReplay.watch; CupelReplay.whole('program.rb'); srand(1); `
    const body = `${begun(program, first)}\n${script}\nCupelReplay.ended('${word}')\n${data}`
    return {
      files: { 'main.rb': body, 'program.rb': code, 'cupel.rb': cupel },
      tests: 1 + (script.match(frameworkTests)?.length ?? 0),
    }
  },
}

function begun(code: string, first: string): string {
  // Comments that speak to the interpreter have to stay on the first line.
  const magic = /^(?:#.*\n)*/.exec(code)?.[0] ?? ''
  return `${magic}${first}${code.slice(magic.length)}`
}

/** The end of the tests of a framework comes after the end of the file that holds them. */
const frameworkTests = /^\s*def\s+test_\w+/gm

/** Heads of functions. */
const heads = /^[ \t]*def[ \t]+([\w?!]+)/gm

/** Nothing is run below `__END__`. */
function atEnd(code: string): [string, string] {
  const at = /^__END__$/m.exec(code)?.index ?? code.length
  return [code.slice(0, at), code.slice(at)]
}
