import { it } from 'vitest'
import { writeFileSync } from 'node:fs'
import { Sandbox, Judge } from '/work/main/src/execute/index.js'
import { studies } from '/work/main/src/evaluate/index.js'
import { readData } from '/work/main/src/runs/index.js'
import { compiles, matrixLimits } from '/work/main/src/generate/index.js'
it('repro', async () => {
  const sandbox = await Sandbox.open({ isolation: 'native' })
  const judge = new Judge(sandbox)
  const dump: any = {}
  let tm = 0, tv = 0
  const study = studies.find((s) => s.name === 'codet-humaneval')!
  const began = Date.now()
  const rows = await study.run({
    rows: (path) => readData({ path }), has: (p) => p.includes('codegen16B'),
    judge: {
      compiles: (s) => compiles(sandbox, 'python', s),
      passMatrix: async (problem, programs, tests, seconds) => {
        const t = Date.now()
        const rows: boolean[][] = []
        for await (const { program, row } of sandbox.matrix({ language: 'python', trusted: problem.prompt, entryPoint: problem.entryPoint!, tests, programs, perTestSeconds: seconds, limits: matrixLimits(tests.length, seconds) })) rows[program] = [...row]
        dump[problem.id] = { entry: problem.entryPoint, prompt: problem.prompt, programs, tests, rows: rows.map((r) => r.map((b) => (b ? 1 : 0)).join('')), ms: Date.now() - t }
        tm += Date.now() - t
        return rows
      },
      verdicts: async (items, limits) => {
        const t = Date.now()
        const kinds = await Promise.all(items.map(async (i) => (await judge.judge(i.problem, i, limits)).kind))
        dump[items[0]!.problem.problem.id].kinds = kinds
        dump[items[0]!.problem.problem.id].vms = Date.now() - t
        tv += Date.now() - t
        return kinds
      },
    },
    progress: () => {}, count: () => {}, note: () => {}, isolation: () => null as any,
  })
  console.log(JSON.stringify(rows.map((r) => [r.figure, r.measured, r.recorded])), (Date.now() - began) / 1000, tm, tv)
  writeFileSync('/tmp/codet-dump.json', JSON.stringify(dump))
  await sandbox.close()
}, 3_000_000)
