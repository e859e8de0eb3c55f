import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Sandbox } from '../../execute/index.js'
import { Budget, type Event, type Model, type ModelRequest, type Problem, Random } from '../../kernel/index.js'
import { solve } from '../context.js'
import codet from './codet.js'

const problem: Problem = {
  id: 'double',
  language: 'python',
  kind: 'function',
  prompt: 'def double(x):\n    """Twice x."""\n',
  entryPoint: 'double',
  publicTests: [],
  metadata: {},
}

/** Bodies and test texts as a completion model would continue the two prompts. */
const bodies = [
  '    return x * 2\n',
  '    return x + x\n',
  '    return x * x\n',
  '    while True: pass\n',
  '    return x * 2\n\ndef main():\n    pass',
]
const tests = [
  'double(1) == 2\nassert double(3) == 6',
  'double(1) == 2\n\n# more\nassert double(0) == 0',
  'triple(1) == 3\nassert 1 == 1\nassert double(2 == \nassert double(5) == 10\n',
  'double(2) == 4',
]

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await Sandbox.open()
})
afterAll(() => sandbox.close())

class Recorded implements Model {
  readonly name = 'recorded'
  readonly requests: ModelRequest[] = []
  constructor(
    readonly solutions: readonly string[],
    readonly asserts: readonly string[],
  ) {}
  async complete(request: ModelRequest) {
    this.requests.push(request)
    const asked = request.input.kind === 'completion' ? request.input.prompt : ''
    const texts = asked.endsWith('assert ') ? this.asserts : this.solutions
    const completions = texts.slice(0, request.n).map((text) => ({ text, finish: 'stop' as const }))
    return { completions, usage: { inputTokens: 10, outputTokens: 20 } }
  }
}

async function run(model: Model, budget = new Budget()) {
  const events: Event[] = []
  const tools = { model, sandbox, budget, random: new Random(1), record: (event: Event) => void events.push(event) }
  const solved = await solve(codet, { samples: bodies.length, testSamples: tests.length }, problem, tools)
  return { ...solved, events }
}

describe('codet', () => {
  it('puts the programs that agree on most tests first, with ties', async () => {
    const { candidates } = await run(new Recorded(bodies, tests))
    const [first, second, third, fourth] = candidates
    // x*2 (sampled twice) and x+x pass all of 1→2 (×2), 3→6, 0→0, 5→10, 2→4: √3 × 6; x*x passes 0→0 and 2→4: √1 × 2.
    expect(first?.score).toBeCloseTo(Math.sqrt(3) * 6, 10)
    expect([second?.score, third?.score]).toEqual([first?.score, first?.score])
    expect(new Set([first?.code, second?.code, third?.code])).toEqual(
      new Set([
        `${problem.prompt}    return x * 2\n`,
        `${problem.prompt}    return x + x\n`,
        `${problem.prompt}    return x * 2\n`,
      ]),
    )
    expect(fourth).toMatchObject({ code: `${problem.prompt}    return x * x\n`, score: 2 })
    expect(candidates).toHaveLength(bodies.length)
  })

  it('[system 90.g] drops generated tests without the entry point or with syntax errors', async () => {
    const { events } = await run(new Recorded(bodies, tests))
    const noted = events.find((event) => event.type === 'noted' && 'tests' in event.note)
    // double(1)==2, double(3)==6, double(0)==0, double(5)==10, double(2)==4; `triple`, `1 == 1` and `double(2 == ` are out.
    expect(noted).toMatchObject({ note: { solutions: 4, tests: 5 } })
  })

  it('[system 90.h] ranks without any access to reference tests', async () => {
    // The method gets the problem and the context, and neither has a way to a hidden test.
    expect(Object.keys(problem)).not.toContain('suite')
    const one = await run(new Recorded(bodies, tests))
    const other = await run(
      new Recorded(
        bodies,
        tests.map((text) => text.replaceAll('== 2', '== 1').replaceAll('== 6', '== 9').replaceAll('== 10', '== 25')),
      ),
    )
    // Its ranking follows the generated tests alone: other generated tests, another order.
    expect(one.candidates[0]?.code).toContain('x * 2')
    expect(other.candidates[0]?.code).toContain('x * x')
  })

  it('[system 90.e] gives the same ranking whatever the order of the samples', async () => {
    const one = await run(new Recorded(bodies, tests))
    const other = await run(new Recorded([...bodies].reverse(), [...tests].reverse()))
    const ranking = (solved: typeof one) => solved.candidates.map(({ code, score }) => `${score} ${code}`).sort()
    expect(ranking(other)).toEqual(ranking(one))
  })

  it('one test that never ends costs only itself', async () => {
    const { candidates } = await run(new Recorded(['    while x == 3: pass\n    return x * 2\n'], tests))
    expect(candidates[0]?.score).toBe(5) // all but double(3) == 6
  })

  it('answers with the samples as they came when the budget ends', async () => {
    const { candidates, ended } = await run(new Recorded(bodies, tests), new Budget({ calls: 1 }))
    expect(ended).toBe('budget')
    expect(candidates.map(({ code }) => code)).toContain(`${problem.prompt}    return x * x\n`)
  })
})
