import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { cupel, ensureBuilt, type Ended, wholeLines } from './command.test-support.js'

// A process for every test, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 })

const problems = ['assay/python/make-slug', 'assay/python/loan-plan']
let folder: string
let out: string
let evaluated: Ended

beforeAll(async () => {
  await ensureBuilt()
  folder = mkdtempSync(join(tmpdir(), 'cupel-report-'))
  out = join(folder, 'run')
  evaluated = await cupel(['eval', 'first-assay', '--problems', problems.join(','), '--out', out, '--quiet'])
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const path = (name: string) => join(folder, name)
const read = (name: string) => readFileSync(path(name), 'utf8')

describe('report', () => {
  it('prints without a format what the evaluation printed, and the kinds of failure', async () => {
    const { code, stdout, stderr } = await cupel(['report', out])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout.slice(0, evaluated.stdout.length)).toBe(evaluated.stdout)
    expect(stdout.slice(evaluated.stdout.length)).toMatch(
      /^\nKinds of failure \(CodeHalu\)\n[\s\S]*logic +logic deviation +\d/,
    )
  })

  it('prints with --json all there is, with the figures of the evaluation', async () => {
    const { code, stdout } = await cupel(['report', out, '--json'])
    const run = JSON.parse(stdout)
    const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'))
    expect(code).toBe(0)
    for (const key of ['benchmark', 'passAtK', 'verdicts', 'incomplete', 'unexpected', 'out'])
      expect(run[key], key).toEqual(summary[key])
    expect(run.run.isolations).toEqual(summary.isolations)
    expect(run.candidates).toHaveLength(summary.candidates)
    expect(run.candidates).toHaveLength(wholeLines(join(out, 'verdicts.jsonl')).length)
    // Each program is there, and was found to be the one that was judged.
    expect(run.remarks).toEqual([])
    const withCode = run.candidates.filter(({ code }: { code: { text: string } | null }) => code?.text.includes('def '))
    expect(withCode.length).toBeGreaterThan(5)
  })

  it('writes every format at once, and says what it wrote', async () => {
    const args = ['html', 'markdown', 'junit', 'csv'].flatMap((name) => [`--${name}`, path(`report.${name}`)])
    const { code, stdout, stderr } = await cupel(['report', out, ...args])
    expect([code, stdout]).toEqual([0, ''])
    expect(stderr.match(/, 9 candidates$/gm)).toHaveLength(4)
    expect(read('report.html')).toMatch(/^<!doctype html>[\s\S]*make-slug[\s\S]*<\/html>\n$/)
    expect(read('report.markdown')).toMatch(/^# `first-assay`[\s\S]*^### wrong$/m)
    expect(read('report.junit')).toMatch(/<testsuites name="first-assay" tests="9" failures="7" errors="0" skipped="0"/)
    expect(read('report.csv').split('\r\n')).toHaveLength(11)
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('measures with --efficiency what passed, beside the solutions of the benchmark', async () => {
    const { code, stdout, stderr } = await cupel(['report', out, '--efficiency', '--repeats', '2', '--json', '--quiet'])
    const found = JSON.parse(stdout)
    expect([code, stderr, found.cost.repeats, found.normalised.ntmu]).toEqual([0, '', 2, null])
    expect(found.rows.map(({ problemId }: { problemId: string }) => problemId).sort()).toEqual([...problems].sort())
    expect(found.normalised.net.rows).toBe(2)
    const text = await cupel(['report', out, '--efficiency', '--repeats', '1', '--quiet'])
    expect(text.stdout).toMatch(/least of all runs \(1, in turns[\s\S]*NTMU is not measured: only the peak of memory/)
  })

  it('sets text metrics against passing with --text-metrics', async () => {
    const { code, stdout } = await cupel(['report', out, '--text-metrics'])
    expect(code).toBe(0)
    for (const metric of ['BLEU', 'ROUGE-L', 'METEOR', 'chrF', 'CodeBLEU'])
      expect(stdout).toMatch(new RegExp(`^${metric} +\\d+\\.\\d\\d +\\d+\\.\\d\\d +-?\\d\\.\\d{3} +9$`, 'm'))
    const { metrics } = JSON.parse((await cupel(['report', out, '--text-metrics', '--json'])).stdout)
    expect(metrics).toHaveLength(5)
  })

  it.each([
    [['--efficiency', '--csv', '-'], '--efficiency prints text or --json: leave out the other formats'],
    [['--text-metrics', '--html', 'x'], '--text-metrics prints text or --json: leave out the other formats'],
    [['--text-metrics', '--efficiency'], '--efficiency and --text-metrics are two reports: give one of them'],
    [['--repeats', '3'], '--repeats and --solutions say how to measure: give --efficiency too'],
  ])('refuses %s', async (options, message) => {
    const { code, stdout, stderr } = await cupel(['report', out, ...options])
    expect([code, stdout, stderr]).toEqual([2, '', `cupel: ${message}\n`])
  })

  it('writes one to standard output, and nothing else there', async () => {
    const { code, stdout, stderr } = await cupel(['report', out, '--csv', '-', '--junit', path('also.xml')])
    expect([code, stdout.split(',')[0], existsSync(path('also.xml'))]).toEqual([0, 'problem', true])
    expect(stderr).toBe(`junit: ${path('also.xml')}, 9 candidates\n`)
  })

  it('reports a run that has not come to its end, and says so first', async () => {
    const unfinished = path('unfinished')
    mkdirSync(unfinished)
    for (const name of ['run.json', 'events.jsonl']) writeFileSync(join(unfinished, name), read(`run/${name}`))
    const some = read('run/verdicts.jsonl').split('\n').slice(0, 3)
    writeFileSync(join(unfinished, 'verdicts.jsonl'), `${some.join('\n')}\n{"torn`)
    const markdown = await cupel(['report', unfinished, '--markdown', '-'])
    expect(markdown.code).toBe(0)
    expect(markdown.stdout).toMatch(/^# .*\n\n> \*\*This run is unfinished.*\n>\n> \*\*6 candidates without a verdict/)
    const human = await cupel(['report', unfinished])
    expect([human.code, human.stdout]).toEqual([0, expect.stringContaining('unfinished: it goes on, or was stopped')])
  })

  it.each([
    [['--csv', '-', '--junit', '-'], /only one report can go to standard output/],
    [['--csv', '-', '--json'], /only one report can go to standard output/],
    [['--csv', 'same', '--junit', 'same'], /same is named twice/],
    [['--html', '.'], /^cupel: \. is a folder: name a file in it for --html\n$/],
    [['--html', 'no/such/folder.html'], /there is no folder .*no\/such: make it, or choose another file for --html/],
    [['--htm', 'x'], /unknown option '--htm' \(Did you mean --html\?\)/],
  ])('%j ends with 2 and one sentence, before anything is written', async (args, message) => {
    const names = readdirSync(folder)
    const { code, stdout, stderr } = await cupel(['report', out, ...args], { cwd: folder })
    expect([code, args.includes('--json') ? '' : stdout]).toEqual([2, ''])
    expect(stderr).toMatch(message)
    expect(readdirSync(folder)).toEqual(names)
  })

  it('says what is wrong with a folder that holds no run', async () => {
    const { code, stderr } = await cupel(['report', folder])
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^cupel: .* holds no run \(it has no run\.json\).*\n$/)])
  })
})
