/** Faces the sandbox with the attack corpus: hostile programs, and things of this machine that they must not touch. */
import { type IsolationChoice, Sandbox } from '../../execute/index.js'
import type { Attack } from '../../execute/sandbox/attacks/attack.js'
import { Canaries } from '../../execute/sandbox/attacks/canaries.js'
import { loadAttacks } from '../../execute/sandbox/attacks/corpus.js'
import { before, remains } from '../../execute/sandbox/attacks/remains.js'
import { runAttacks } from '../../execute/sandbox/attacks/suite.js'
import { Progress } from '../../runs/index.js'

export interface AttackReport {
  readonly run: number
  readonly held: number
  /** Those that got out or were reported as something else, with what was seen. */
  readonly failed: readonly { readonly name: string; readonly seen: readonly string[] }[]
  /** What was left on the machine when the sandbox was closed. */
  readonly left: readonly string[]
  readonly skipped: readonly { readonly why: string; readonly attacks: number }[]
}

/** Opens a sandbox of its own: the canaries must be there before it. */
export async function faceAttacks(
  isolation: IsolationChoice,
  { quiet }: { readonly quiet: boolean },
  attacks: readonly Attack[] = loadAttacks(),
): Promise<AttackReport> {
  const progress = new Progress({ total: attacks.length, quiet })
  const then = before()
  const canaries = await Canaries.open()
  let results: Awaited<ReturnType<typeof runAttacks>>
  try {
    const sandbox = await Sandbox.open({ isolation })
    try {
      results = await runAttacks(sandbox, attacks, { canaries, onResult: () => progress.add() })
    } finally {
      await sandbox.close()
    }
  } finally {
    await canaries.close()
    progress.end()
  }
  const run = results.filter(({ skipped }) => skipped === undefined)
  const failed = run.filter(({ seen }) => seen.length > 0).map(({ attack, seen }) => ({ name: attack.name, seen }))
  const reasons = new Map<string, number>()
  for (const { skipped } of results) if (skipped !== undefined) reasons.set(skipped, (reasons.get(skipped) ?? 0) + 1)
  return {
    run: run.length,
    held: run.length - failed.length,
    failed,
    left: await remains(then),
    skipped: [...reasons].map(([why, count]) => ({ why, attacks: count })),
  }
}
