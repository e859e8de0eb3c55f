/**
 * Runs the attack corpus against a sandbox and says of each attack whether the sandbox held.
 *
 * An attack is held when it ended as its header allows, printed no line `ESCAPED` and no secret of the canaries, took no
 * more output than it may, hurt no canary and no neighbour, and, if it ended `ok`, said `held`: that it tried everything.
 */
import {
  type Execution,
  type Isolation,
  type Program,
  UsageError,
  describeError,
  inLanes,
  limitsFrom,
} from '../../../kernel/index.js'
import type { Sandbox } from '../sandbox.js'
import type { Canaries } from './canaries.js'
import type { Attack, Ending } from './attack.js'
import { politeProgram } from './corpus.js'

export interface AttackResult {
  readonly attack: Attack
  readonly level: Isolation['level'] | null
  /** Why it was not run here. */
  readonly skipped?: string
  /** What was seen that must not be; nothing, if the sandbox held. */
  readonly seen: readonly string[]
  /** How its runs ended. */
  readonly ended: readonly (Execution['outcome'] | 'refused')[]
}

export interface SuiteOptions {
  readonly canaries: Canaries
  /** Attacks at once; the sandbox runs as many as it has workers. */
  readonly width?: number
  readonly onResult?: (result: AttackResult) => void
}

/** In WebAssembly interpreters are slower, and their start counts. */
const slower = { cpu: 3, wall: 3 }
const politeLimits = limitsFrom({ cpuSeconds: 5, wallSeconds: 60, memoryMb: 256, processes: 16, diskMb: 8 })

export async function runAttacks(
  sandbox: Sandbox,
  attacks: readonly Attack[],
  options: SuiteOptions,
): Promise<AttackResult[]> {
  const found = await sandbox.languages()
  const levels = new Map(found.map(({ language, isolation }) => [language, isolation]))
  const hints = new Map(found.map(({ language, install }) => [language, install]))
  const face = async (attack: Attack): Promise<AttackResult> => {
    const level = levels.get(attack.language) ?? null
    const skipped = level === null ? missing(attack, hints) : await whyNot(sandbox, attack)
    const result =
      skipped === null
        ? await faced(sandbox, attack, options.canaries)
        : { attack, level, skipped, seen: [], ended: [] }
    options.onResult?.(result)
    return result
  }
  const alone = attacks.filter(({ neighbour }) => neighbour)
  const others = attacks.filter(({ neighbour }) => !neighbour)
  const results = await inLanes(others, options.width ?? 8, face)
  // One after the other, so that attack and neighbour really run side by side.
  for (const attack of alone) results.push(await face(attack))
  return results
}

function missing({ language }: Attack, hints: ReadonlyMap<string, string | undefined>): string {
  const hint = hints.get(language)
  return hint === undefined ? `${language} cannot be run here` : `${language} is not installed here (${hint})`
}

async function whyNot(sandbox: Sandbox, attack: Attack): Promise<string | null> {
  const isolation = await sandbox.isolationOf(attack.language)
  if (isolation.level === 'wasm') return 'not' in attack.wasm ? `not in WebAssembly: ${attack.wasm.not}` : null
  if (attack.notNative !== undefined) return `only in WebAssembly: ${attack.notNative}`
  if (attack.needs === undefined || attack.needs.split(' or ').some((one) => isolation.primitives.includes(one)))
    return null
  return `needs ${attack.needs}, which tier ${isolation.tier} does not have here`
}

async function faced(sandbox: Sandbox, attack: Attack, canaries: Canaries): Promise<AttackResult> {
  const program: Program = { ...canaries.placedIn(attack.program), language: attack.language }
  const { level } = await sandbox.isolationOf(attack.language)
  const expect = level === 'wasm' && 'expect' in attack.wasm ? attack.wasm.expect : attack.expect
  const seen: string[] = []
  const ended: (Execution['outcome'] | 'refused')[] = []
  const outputs = new Set<string>()
  for (let run = 0; run < attack.repeat; run++) {
    const polite = attack.neighbour ? sandbox.run(politeProgram(), politeLimits) : null
    const done = await ran(sandbox, program, attack, level)
    ended.push(done instanceof Error ? 'refused' : done.outcome)
    seen.push(...(done instanceof Error ? wronglyRefused(done, expect) : wrong(done, attack, expect, canaries.secret)))
    if (!(done instanceof Error)) outputs.add(done.stdout)
    if (polite) seen.push(...disturbed(await polite))
  }
  if (attack.differs && outputs.size !== attack.repeat) seen.push('two runs printed the same')
  return { attack, level, seen: [...seen, ...canaries.harmed()], ended }
}

async function ran(
  sandbox: Sandbox,
  program: Program,
  { limits }: Attack,
  level: Isolation['level'],
): Promise<Execution | Error> {
  const { cpuSeconds, wallSeconds } = limits
  const fitting =
    level === 'wasm'
      ? { ...limits, cpuSeconds: cpuSeconds * slower.cpu, wallSeconds: wallSeconds * slower.wall }
      : limits
  try {
    return await sandbox.run(program, fitting)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

function wronglyRefused(error: Error, expect: readonly Ending[]): string[] {
  if (error instanceof UsageError && expect.includes('refused')) return []
  return [`not run: ${describeError(error)}`]
}

function wrong(done: Execution, { limits, because }: Attack, expect: readonly Ending[], secret: string): string[] {
  const { outcome, reason, stdout, stderr } = done
  const said = `${stdout}\n${stderr}\n${reason ?? ''}\n${done.compile?.stdout ?? ''}\n${done.compile?.stderr ?? ''}`
  const seen: string[] = []
  if (!(expect as readonly string[]).includes(outcome))
    seen.push(`${outcome}${reason ? ` (${reason})` : ''}, expected ${expect.join(' or ')}: ${tail(stderr || stdout)}`)
  if (because !== undefined && !reason?.includes(because)) seen.push(`not because of «${because}» but: ${reason}`)
  for (const file of done.files ?? []) {
    const content = file.text ?? file.base64
    if (/^\/|(^|\/)\.\.(\/|$)/.test(file.path)) seen.push(`a file outside was given back: ${tail(file.path)}`)
    if (content !== undefined && (file.path.includes('ESCAPED') || content.includes(secret)))
      seen.push(`what is behind ${tail(file.path)} was given back`)
  }
  for (const line of new Set(stdout.match(/^ESCAPED.*$/gm) ?? [])) seen.push(line.slice(0, 200))
  if (said.includes(secret)) seen.push('a secret of the host was printed')
  if (outcome === 'ok' && !/^held$/m.test(stdout))
    seen.push(`it ended well without saying «held»: ${tail(stdout + stderr)}`)
  if (stdout.length + stderr.length > limits.outputBytes && done.compile?.ok !== false)
    seen.push(`${stdout.length + stderr.length} characters of output, allowed are ${limits.outputBytes}`)
  return seen
}

function disturbed(polite: Execution): string[] {
  if (polite.outcome === 'ok' && polite.stdout === 'polite 42\n') return []
  return [`its neighbour ended ${polite.outcome} (${polite.reason ?? ''}): ${tail(polite.stdout + polite.stderr)}`]
}

function tail(text: string): string {
  return JSON.stringify(text.trim().slice(-300))
}
