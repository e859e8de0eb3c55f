import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Language, limitsFrom } from '../../../kernel/index.js'
import java from '../../languages/java.js'
import kotlin from '../../languages/kotlin.js'
import scala from '../../languages/scala.js'
import { Sandbox } from '../sandbox.js'
import { findCgroups } from './cgroups.js'
import { wardenArgs } from './tiers.js'
import { buildWarden } from './build.mjs'
import { warmFiles } from './sources.js'
import { filled, toolchainBinds } from './toolchains.js'
import { compileLimits } from './compile-limits.js'
import { WarmCompiler, warmCompilerOf } from './warm-compiler.js'

const wardenCommand = () => ({
  path: `${buildWarden().folder}/warden`,
  args: [...wardenArgs(process.getuid?.() === 0 ? 'A' : 'B', findCgroups()), ...toolchainBinds()],
})
const options = ['-encoding', 'UTF-8', '-nowarn', '-d', '/tmp/classes', 'Main.java']
const main = (body: string, more = '') => `public class Main { public static void main(String[] a) { ${body} } }${more}`
const file = (text: string): [string, Buffer][] => [['Main.java', Buffer.from(text)]]

const missing = existsSync('/usr/bin/javac') ? null : 'no /usr/bin/javac here (cupel setup java)'
if (missing) console.log(`the warm javac is not tested: ${missing}`)

describe.skipIf(missing)('a warm javac', () => {
  let compiler: WarmCompiler
  beforeAll(async () => {
    compiler = warmCompilerOf(java, wardenCommand(), 1) as WarmCompiler
    await warm()
  }, 120_000)
  afterAll(() => compiler.close())

  /** Until a machine is warm there is none, and the caller compiles the slow way. */
  async function warm(text = main('')) {
    for (;;) {
      const done = await compiler.compile(options, file(text))
      if (done) return done
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }

  it('makes classes that run, in a tar file', async () => {
    const done = await warm(
      main('System.out.println(new Inner().name());', ' class Inner { String name() { return "✓"; } }'),
    )
    expect(done).toMatchObject({ ok: true, stderr: '' })
    const listed = spawnSync('tar', ['-tf', '-'], { input: done.files[0]?.content, encoding: 'utf8' })
    expect(listed.stdout).toBe('Inner.class\nMain.class\n')
  })
  it('says what javac says', async () => {
    const done = await warm('class Main {\n  int x = "no";\n}')
    expect(done.ok).toBe(false)
    expect(done.files).toEqual([])
    expect(done.stderr).toBe(
      'Main.java:2: error: incompatible types: String cannot be converted to int\n  int x = "no";\n          ^\n1 error\n',
    )
  })
  it('keeps nothing of one program for the next', async () => {
    await warm(main('', ' class Left { }'))
    const done = await warm(main('new Left();'))
    expect(done.stderr).toMatch(/cannot find symbol/)
    const two: [string, Buffer][] = [...file(main('')), ['Other.java', Buffer.from('class Other { }')]]
    expect(await compiler.compile([...options, 'Other.java'], two)).toMatchObject({ ok: true })
    expect((await warm(main('new Other();'))).stderr).toMatch(/cannot find symbol/)
  })
  it('reads no file of the machine, and runs no processor that a program brings', async () => {
    const processor = `import javax.annotation.processing.*; public class Main extends AbstractProcessor {
      public boolean process(java.util.Set<? extends javax.lang.model.element.TypeElement> t, RoundEnvironment r) { throw new RuntimeException("ran"); }
      public static void main(String[] a) {} }`
    const files: [string, Buffer][] = [
      ...file(processor),
      ['META-INF/services/javax.annotation.processing.Processor', Buffer.from('Main')],
    ]
    expect(await compiler.compile(options, files)).toMatchObject({ ok: true })
    expect(await compiler.compile(options, files)).toMatchObject({ ok: true })
    expect(await compiler.compile(['@/etc/passwd', ...options], file(main('')))).toMatchObject({ ok: false })
  })
  it('that ran out of its stack compiles the next program', async () => {
    const deep = main(`int x = ${'('.repeat(30_000)}1${')'.repeat(30_000)};`)
    const done = await compiler.compile(options, file(deep))
    expect(done?.ok ?? false).toBe(false)
    expect((await warm()).ok).toBe(true)
  })
})

/** Why a language is not tested here. */
function missingFor(command: string): string | null {
  const path = [`/usr/bin/${command}`, '/usr/bin/javac'].find((one) => !existsSync(one))
  if (path) console.log(`the warm ${command} is not tested: no ${path} here (cupel setup)`)
  return path ?? null
}
const noKotlin = missingFor('kotlinc')
const noScala = missingFor('scalac')

const inKotlin = (body: string, more = '') => `fun main(args: Array<String>) { ${body} }\n${more}`
const inScala = (body: string, more = '') =>
  `object Main { def main(args: Array[String]): Unit = { ${body} } }\n${more}`

const others = [
  {
    language: kotlin,
    missing: noKotlin,
    program: inKotlin,
    left: 'class Leftover',
    usesLeft: 'Leftover()',
    complains: 'Main.kt:1:33: error: unresolved reference: Leftover\n',
    classes: ['Inner.class', 'MainKt.class'],
  },
  {
    language: scala,
    missing: noScala,
    program: inScala,
    left: 'class Leftover',
    usesLeft: 'new Leftover()',
    complains: 'Main.scala:1: error: not found: type Leftover\n',
    classes: ['Inner.class', 'Main$.class', 'Main.class'],
  },
] as const

for (const { language, missing, program, left, usesLeft, complains, classes } of others)
  describe.skipIf(missing)(`a warm compiler of ${language.title}`, () => {
    let compiler: WarmCompiler
    beforeAll(async () => {
      compiler = warmCompilerOf(language, wardenCommand(), 1) as WarmCompiler
      await warm(program(''))
    }, 120_000)
    afterAll(() => compiler.close())

    const named = (texts: string[]) =>
      texts.map((text, i): [string, Buffer] => [
        i ? `More${i}.${language.extensions[0]}` : language.file,
        Buffer.from(text),
      ])
    const compile = (files: [string, Buffer][]) => {
      const meaning = { node: '', limits: compileLimits, files: files.map(([name]) => name) }
      return compiler.compile(filled(language.native?.warmCompiler?.options ?? [], meaning), files)
    }
    async function warm(...texts: string[]) {
      for (;;) {
        const done = await compile(named(texts))
        if (done) return done
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    }

    it('makes the jar of a program', async () => {
      const done = await warm(program('println("✓")', 'class Inner'))
      expect(done).toMatchObject({ ok: true, stdout: '', stderr: '' })
      expect(entriesOf(done.files[0]?.content).filter((name) => name.endsWith('.class'))).toEqual(classes)
    })
    it('keeps no class of one program for the next, neither of its first file nor of another', async () => {
      expect(await warm(program(''), left)).toMatchObject({ ok: true })
      expect((await warm(program(usesLeft))).stderr).toContain(complains)
      expect(await warm(program('', left))).toMatchObject({ ok: true })
      expect((await warm(program(usesLeft))).stderr).toContain(complains)
      expect(await warm(program(usesLeft), left)).toMatchObject({ ok: true, stderr: '' })
    })
    it('reads each program anew, though name and length are the same', async () => {
      for (const text of ['eins', 'zwei', 'drei']) {
        const done = await warm(program(`println("${text}")`))
        expect(done).toMatchObject({ ok: true, stderr: '' })
        const classFile = unpackedFrom(done.files[0]?.content, language === scala ? 'Main$.class' : 'MainKt.class')
        expect(['eins', 'zwei', 'drei'].filter((word) => classFile.includes(word))).toEqual([text])
      }
    })
    it('lets a fresh one decide when it broke down, and works on', async () => {
      const deep = program(`val x = ${'('.repeat(30_000)}1${')'.repeat(30_000)}`)
      expect(await compile(named([deep]))).toBe(null)
      expect(await warm(program(''))).toMatchObject({ ok: true })
    }, 120_000)
  })

function entriesOf(jar: Uint8Array = new Uint8Array()): string[] {
  return withFile(jar, (path) =>
    spawnSync('jar', ['--list', '--file', path], { encoding: 'utf8' }).stdout.trim().split('\n').sort(),
  )
}

function unpackedFrom(jar: Uint8Array = new Uint8Array(), name = ''): string {
  return withFile(jar, (path, folder) => {
    spawnSync('jar', ['--extract', '--file', path, name], { cwd: folder })
    return readFileSync(join(folder, name), 'latin1')
  })
}

function withFile<Result>(content: Uint8Array, use: (path: string, folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'cupel-jar-'))
  try {
    const path = join(folder, 'a.jar')
    writeFileSync(path, content)
    return use(path, folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

type Files = Record<string, string | Uint8Array>

/** Programs, and how they come out. */
const same: { language: Language; missing: string | null; programs: [Files, string][] }[] = [
  {
    language: java,
    missing,
    programs: [
      [{ 'Main.java': main('System.out.println(6 * 7);') }, 'ok'],
      [{ 'Main.java': main('int x = 1 / 0;') }, 'runtime-error'],
      [{ 'Main.java': 'class Main { int f( }' }, 'compile-error'],
      [
        {
          'Main.java':
            'package a.b; public class Deep { public static void main(String[] a) { System.out.println("deep"); } }',
        },
        'ok',
      ],
    ],
  },
  {
    language: kotlin,
    missing: noKotlin,
    programs: [
      [{ 'Main.kt': inKotlin('println(P(6 * 7, "✓"))', 'data class P(val a: Int, val b: String)') }, 'ok'],
      [{ 'Main.kt': 'package a.b\n\nfun main() {\n  println(listOf(1)[3])\n}' }, 'runtime-error'],
      [{ 'Main.kt': 'fun main() {\n  val x: Int = "no"\n  x.nothing()\n  println(und' }, 'compile-error'],
      [{ 'Main.kt': inKotlin('val x: String? = null\nval y: Any = 1; println(y as String)') }, 'runtime-error'],
      [{ 'Main.kt': inKotlin('println(f() + g())'), '-d.kt': 'fun f() = 1', '@g/@g.kt': 'fun g() = 2' }, 'ok'],
      [{ 'Main.kt': inKotlin('println(java.io.File("data.txt").readText())'), 'data.txt': 'data' }, 'ok'],
      [{ 'Main.kt': 'fun f() = 1' }, 'runtime-error'],
    ],
  },
  {
    language: scala,
    missing: noScala,
    programs: [
      [{ 'Main.scala': inScala(`println(f"\${P(6 * 7, "✓").a}%05d")`, 'case class P(a: Int, b: String)') }, 'ok'],
      [{ 'Main.scala': 'package a.b\n\nobject Deep extends App {\n  println(List(1)(3))\n}' }, 'runtime-error'],
      [
        { 'Main.scala': 'object Main extends App {\n  val x: Int = "no"\n  x.nothing()\n  println(und)\n}' },
        'compile-error',
      ],
      [{ 'Main.scala': 'object Main extends App {\n  def f( = }' }, 'compile-error'],
      [
        {
          'Main.scala': inScala('println(F.f + G.g)'),
          '-d.scala': 'object F { def f = 1 }',
          '@g/@g.scala': 'object G { def g = 2 }',
        },
        'ok',
      ],
      [{ 'Main.scala': inScala('println(scala.io.Source.fromFile("data.txt").mkString)'), 'data.txt': 'data' }, 'ok'],
      [{ 'Main.scala': 'class NoMain' }, 'runtime-error'],
    ],
  },
]

/** What the last compile of a warm compiler answered: undefined where none was asked. */
function lastAnswer(asked: { mock: { results: { value: unknown }[] } }): unknown {
  return asked.mock.results.at(-1)?.value
}

for (const { language, missing, programs } of same)
  describe.skipIf(missing)(`${language.name} programs`, () => {
    afterEach(() => vi.restoreAllMocks())

    it('come out the same whether their compiler was warm or not', async () => {
      const plain = ({ outcome, stdout, stderr, exitCode, compile }: Awaited<ReturnType<Sandbox['run']>>) => ({
        ...{ outcome, stdout, stderr, exitCode, ok: compile?.ok, said: compile?.stderr, printed: compile?.stdout },
      })
      const run = (sandbox: Sandbox, files: Files) =>
        sandbox.run({ language: language.name, files, entry: language.file }, limitsFrom({ cpuSeconds: 10 }))
      const cold = []
      for (const [files] of programs) {
        const sandbox = await Sandbox.open({ isolation: 'native', cache: false }) // whose first compile is a cold one
        cold.push(plain(await run(sandbox, files)))
        await sandbox.close()
      }
      expect(cold.map((one) => one.outcome)).toEqual(programs.map(([, outcome]) => outcome))
      const sandbox = await Sandbox.open({ isolation: 'native', cache: false })
      const asked = vi.spyOn(WarmCompiler.prototype, 'compile')
      try {
        while (!(await lastAnswer(asked))) await run(sandbox, programs[0]?.[0] as Files)
        for (const [i, [files]] of programs.entries()) {
          expect(plain(await run(sandbox, files)), JSON.stringify(files)).toEqual(cold[i])
          expect(await lastAnswer(asked), 'it was the warm one').toBeTruthy()
        }
      } finally {
        await sandbox.close()
      }
    }, 240_000)
  })

describe('a program that could run while it is compiled', () => {
  const given = (language: Language, files: Files, names: string[]) =>
    warmFiles(language, {
      ...{ files: Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]), names, entry: '', main: '' },
    })?.map(([name]) => name)

  it('is not for a warm compiler, which is given sources only', () => {
    expect(given(kotlin, { 'Main.kt': '', 'data.txt': '' }, ['Main.kt'])).toEqual(['Main.kt'])
    expect(given(scala, { 'Main.scala': '', 'a.sc': '', 'scalac-plugin.xml': '' }, ['Main.scala', 'a.sc'])).toEqual([
      'Main.scala',
      'a.sc',
    ])
    expect(given(kotlin, { 'Main.kts': '' }, ['Main.kts'])).toBe(undefined)
    for (const name of ['Evil.class', 'a/Evil$.CLASS', 'evil.jar'])
      for (const language of [java, kotlin, scala])
        expect(given(language, { [language.file]: '', [name]: '' }, [language.file]), name).toBe(undefined)
    for (const word of ['macro', 'm\\u0061cro', 'm\\uuu0061cro'])
      expect(given(scala, { 'Main.scala': '', 'a.scala': `def m: Int = ${word} M.m` }, ['Main.scala', 'a.scala'])).toBe(
        undefined,
      )
  })
  it.skipIf(noScala)(
    'with a compiled macro is compiled by a fresh scalac, in which it does run',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'cupel-macro-'))
      const macro = `import scala.language.experimental.macros
      import scala.reflect.macros.blackbox.Context
      object Evil { def m: Int = macro impl
        def impl(c: Context): c.Expr[Int] = { System.err.println("ran"); import c.universe._; c.Expr[Int](q"1") } }`
      writeFileSync(join(folder, 'Evil.scala'), macro)
      spawnSync('scalac', ['Evil.scala'], { cwd: folder })
      const classes = readdirSync(folder).filter((name) => name.endsWith('.class'))
      const compiled = Object.fromEntries(classes.map((name) => [name, readFileSync(join(folder, name))]))
      rmSync(folder, { recursive: true })
      const sandbox = await Sandbox.open({ isolation: 'native', cache: false })
      const asked = vi.spyOn(WarmCompiler.prototype, 'compile')
      try {
        const files = { 'Main.scala': inScala('println(Evil.m)'), ...compiled }
        const done = await sandbox.run({ language: 'scala', files, entry: 'Main.scala' })
        expect(done.compile?.stderr).toContain('ran') // or this tests nothing
        expect(asked).not.toHaveBeenCalled()
      } finally {
        await sandbox.close()
        vi.restoreAllMocks()
      }
    },
    120_000,
  )
})
