import { afterAll, describe, expect, it } from 'vitest'
import { findLanguage, languageOfFile } from '../language.js'
import { Sandbox } from '../sandbox/sandbox.js'
import { languages } from './index.js'

describe('the definitions', () => {
  it('are at least 34 with a native toolchain; WebAssembly has its own', () => {
    expect(languages.filter(({ native }) => native).length).toBeGreaterThanOrEqual(34)
    expect(languages.filter(({ native }) => !native).map(({ name }) => name)).toEqual(['wat'])
  })

  it('have names, aliases and titles that belong to one language', () => {
    for (const language of languages)
      for (const call of [language.name, language.title, ...(language.aliases ?? [])])
        expect(findLanguage(call).name, call).toBe(language.name)
  })

  it('know their files: each source file by its extension, except where another language has the first word', () => {
    const others = { 'main.cpp': 'cpp', 'main.m': 'octave', 'main.pl': 'perl' } as Record<string, string>
    for (const { name, file, extensions } of languages) {
      expect(extensions).toContain(file.slice(file.lastIndexOf('.') + 1).toLowerCase())
      expect(languageOfFile(file)?.name, file).toBe(others[file] ?? name)
      expect(languageOfFile(`a.${extensions[0]}`)?.name, extensions[0]).toBe(name)
    }
  })

  it('compile to the one file that is kept, and start something', () => {
    for (const { name, native } of languages) {
      if (!native) continue
      if (native.compile) expect(native.compile.join(' '), name).toMatch(/\{out\}|\bout\b/)
      expect(native.run.length, name).toBeGreaterThan(0)
      expect(native.install.apt, name).toMatch(/^[a-z0-9][a-z0-9+.-]*( [a-z0-9][a-z0-9+.-]*)*$/)
    }
  })
})

const sandbox = await Sandbox.open({ isolation: 'native' })
afterAll(() => sandbox.close())

/** The program began, and then met source that is not in order. */
const late: Record<string, string> = {
  elixir: 'Code.eval_string("x = (")',
  groovy: 'new GroovyShell().evaluate("x = (")',
  lua: 'assert(load("x = ("))()',
  octave: 'eval("x = (");',
  perl: 'eval "my $x = (;" or die $@;',
  php: '<?php eval("$x = (;");',
  raku: "use MONKEY-SEE-NO-EVAL; EVAL 'my $x = (';",
  ruby: 'eval("x = (")',
}
for (const [name, source] of Object.entries(late)) {
  const { version, install } = await sandbox.status(name)
  if (version === null) console.log(`not tested: ${name} is not here (${install})`)
  it.skipIf(version === null)(
    `a syntax error in what a running ${name} program evaluates is a runtime error`,
    async () => {
      const { file } = findLanguage(name)
      const done = await sandbox.run({ language: name, files: { [file]: source }, entry: file })
      expect(done.outcome, done.stderr).toBe('runtime-error')
    },
  )
}
