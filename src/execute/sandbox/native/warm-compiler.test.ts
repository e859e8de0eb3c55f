import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limitsFrom } from '../../../kernel/index.js'
import java from '../../languages/java.js'
import { Sandbox } from '../sandbox.js'
import { findCgroups } from './cgroups.js'
import { wardenArgs } from './tiers.js'
import { buildWarden } from './build.mjs'
import { toolchainBinds } from './toolchains.js'
import { type WarmCompiler, warmCompilerOf } from './warm-compiler.js'

const options = ['-encoding', 'UTF-8', '-nowarn', '-d', '/tmp/classes', 'Main.java']
const main = (body: string, more = '') => `public class Main { public static void main(String[] a) { ${body} } }${more}`
const file = (text: string): [string, Buffer][] => [['Main.java', Buffer.from(text)]]

const missing = existsSync('/usr/bin/javac') ? null : 'no /usr/bin/javac here (cupel setup java)'
if (missing) console.log(`the warm javac is not tested: ${missing}`)

describe.skipIf(missing)('a warm javac', () => {
  let compiler: WarmCompiler
  beforeAll(async () => {
    const cold = {
      path: `${buildWarden().folder}/warden`,
      args: [...wardenArgs(process.getuid?.() === 0 ? 'A' : 'B', findCgroups()), ...toolchainBinds()],
    }
    compiler = warmCompilerOf(java, cold, 1) as WarmCompiler
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

/** Whether a driver runs among our children. */
function isWarm(): boolean {
  return readdirSync('/proc').some((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').endsWith('/cupel/JavaCompiler.java\0')
    } catch {
      return false // it ended meanwhile
    }
  })
}

describe.skipIf(missing)('java programs', () => {
  it('come out the same whether their compiler was warm or not', async () => {
    const sandbox = await Sandbox.open({ isolation: 'native', cache: false })
    try {
      const run = (text: string) =>
        sandbox.run(
          { language: 'java', files: { 'Main.java': text }, entry: 'Main.java' },
          limitsFrom({ cpuSeconds: 10 }),
        )
      const sources = [
        main('System.out.println(6 * 7);'),
        main('int x = 1 / 0;'),
        'class Main { int f( }',
        'package a.b; public class Deep { public static void main(String[] a) { System.out.println("deep"); } }',
      ]
      const plain = ({ outcome, stdout, stderr, exitCode, compile }: Awaited<ReturnType<typeof run>>) => ({
        ...{ outcome, stdout, stderr, exitCode, ok: compile?.ok, said: compile?.stderr },
      })
      const cold = []
      for (const source of sources) cold.push(plain(await run(source)))
      while (!isWarm()) await run(sources[0] as string)
      for (let i = 0; i < 20; i++) await run(sources[0] as string) // by now it takes programs
      for (const [i, source] of sources.entries()) expect(plain(await run(source)), source).toEqual(cold[i])
      expect(cold.map((one) => one.outcome)).toEqual(['ok', 'runtime-error', 'compile-error', 'ok'])
    } finally {
      await sandbox.close()
    }
  }, 240_000)
})
