/** A judge for one language of replay, and whether its toolchain is here. */
import type { AssertionSuite, Limits, Verdict } from '../../../kernel/index.js'
import { Sandbox } from '../../sandbox/sandbox.js'
import { Judge } from '../judge.js'

const limits: Partial<Limits> = { cpuSeconds: 3, wallSeconds: 60, memoryMb: 512, outputBytes: 4 << 20 }

/** Compilers are slow on a busy machine. */
export const patience = { timeout: 900_000 }

export type Judged = (
  suite: Pick<AssertionSuite, 'trusted' | 'script' | 'mode'>,
  code: string,
  reference?: string,
) => Promise<Verdict>

export async function judgeOf(language: string) {
  const sandbox = await Sandbox.open({ isolation: 'native' })
  const { version, install } = await sandbox.status(language)
  if (version === null) console.log(`not tested: ${language} is not here (${install})`)
  const judge = new Judge(sandbox)
  const problem = { id: 'p', language, kind: 'function', prompt: '', publicTests: [], metadata: {} } as const
  const judged: Judged = (given, code, reference) => {
    const suite: AssertionSuite = { kind: 'assertions', entryPoint: 'f', mode: 'replay', ...given }
    return judge.judge({ problem, suite, ...(reference ? { reference } : {}) }, { code }, limits)
  }
  return { judged, missing: version === null, executions: () => judge.executions, close: () => sandbox.close() }
}
