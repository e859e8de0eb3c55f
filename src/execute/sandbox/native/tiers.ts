/**
 * The tiers of the native level, from strong to weak, and the probe that decides which of them holds here:
 *
 *   A   root: namespaces of every kind, a root of read-only binds, a uid per run that exists nowhere else
 *   B   user namespaces: the same with the caller's own uid
 *   B'  neither: Landlock, seccomp, a process group and limits, among the machine's own files and processes
 *
 * A tier is taken only if a job that runs in it finds every primitive of it to hold. Fails closed: below the minimum
 * that was asked for there is an error, never something weaker.
 */
import { tmpdir } from 'node:os'
import { type Isolation, IsolationError, describeError, limitsFrom } from '../../../kernel/index.js'
import { type Cgroups, findCgroups } from './cgroups.js'
import { type Reply, endedBy, flag, jobType } from './protocol.js'
import { Server } from './server.js'

/** From strong to weak. */
export const tiers = ['A', 'B', "B'"] as const
export type Tier = (typeof tiers)[number]

/** What each tier may be without and is a tier all the same; anything else that is missing refuses it. */
const optional: Readonly<Record<Tier, readonly string[]>> = {
  A: ['exact-cpu'],
  B: ['own-uid', 'exact-cpu', 'process-limit'],
  "B'": ['own-uid', 'exact-cpu', 'process-limit', 'pid-ns', 'mount-ns', 'net-ns', 'disk-limit'],
}

export interface OpenTier {
  readonly isolation: Isolation
  /** First arguments of every warden. */
  readonly args: readonly string[]
  /** Whether memory is counted, so that a verdict about it needs no guessing. */
  readonly exactMemory: boolean
}

/** The strongest tier that holds, if it is not weaker than `minimum`. */
export async function openTier(warden: string, minimum: Tier = "B'", cgroups = findCgroups()): Promise<OpenTier> {
  const failures: string[] = []
  const root = process.getuid?.() === 0
  for (const tier of tiers.slice(root ? 0 : 1, tiers.indexOf(minimum) + 1)) {
    try {
      return await open(warden, tier, cgroups)
    } catch (error) {
      failures.push(`tier ${tier}: ${describeError(error)}`)
    }
  }
  if (!root && minimum === 'A') failures.push('tier A needs root')
  throw new IsolationError(failures.join('; '))
}

/** First arguments of a warden. */
export function wardenArgs(tier: Tier, cgroups: Cgroups = { version: 0, because: '' }): string[] {
  const groups = cgroups.version === 0 ? [] : ['--cgroup', String(cgroups.version), ...cgroups.folders]
  return ['--tier', tier, '--scratch', tmpdir(), ...groups]
}

async function open(warden: string, tier: Tier, cgroups: Cgroups): Promise<OpenTier> {
  const args = wardenArgs(tier)
  if (cgroups.version === 0) return probe(warden, tier, args, cgroups)
  const counted = wardenArgs(tier, cgroups)
  try {
    // Twice: what a program is told about its memory must not hang on a chance.
    return await probe(warden, tier, counted, cgroups).catch(() => probe(warden, tier, counted, cgroups))
  } catch (error) {
    // The folders look as they should, and yet no job can be put there.
    return probe(warden, tier, args, { version: 0, because: describeError(error) })
  }
}

/** Runs jobs that report what they can and cannot do where they are. */
async function probe(warden: string, tier: Tier, args: readonly string[], cgroups: Cgroups): Promise<OpenTier> {
  const server = new Server({ path: warden, args })
  try {
    const limits = limitsFrom({ cpuSeconds: 5, memoryMb: 16, diskMb: 4, processes: 8 })
    const ask = (flags: number) => server.job({ type: jobType.probe, flags, limits, blobs: [] })
    const answers = answersOf(await ask(0))
    if (cgroups.version !== 0) {
      const { overMemory } = await ask(flag.memory)
      if (!overMemory) throw new IsolationError('the control group does not limit memory')
    }
    const has = [...answers].filter(([, holds]) => holds).map(([name]) => name)
    const lacks = [...answers].filter(([, holds]) => !holds).map(([name]) => name)
    const missing = lacks.filter((name) => !optional[tier].includes(name))
    if (missing.length > 0) throw new IsolationError(`it does not hold here: ${missing.join(', ')}`)
    const exactMemory = cgroups.version !== 0
    return {
      isolation: {
        level: 'native',
        tier,
        primitives: [...has, exactMemory ? `cgroup-v${cgroups.version}` : 'rss-watchdog'],
        ...(lacks.length > 0 ? { lacks } : {}),
        ...(exactMemory ? {} : { because: `memory is watched, not counted: ${cgroups.because}` }),
      },
      args,
      exactMemory,
    }
  } catch (error) {
    if (error instanceof IsolationError) throw error
    throw new IsolationError(describeError(error).replace('the sandbox server is gone: warden: ', ''), { cause: error })
  } finally {
    await server.close()
  }
}

function answersOf(reply: Reply): Map<string, boolean> {
  const text = reply.stdout.toString('utf8')
  const answers = new Map(
    [...text.matchAll(/^([a-z-]+)=(yes|no)$/gm)].map(([, name = '', answer]) => [name, answer === 'yes']),
  )
  const ownAccount = /^cpu-us=(\d+)$/m.exec(text)?.[1]
  if (reply.endedBy !== endedBy.itself || reply.exitCode !== 0 || !ownAccount)
    throw new IsolationError(
      `it could not be set up: ${reply.stderr.toString('utf8').trim() || 'the probe did not end'}`,
    )
  // It has used 10 ms where its own account does not show them.
  return answers.set('exact-cpu', reply.cpuMs * 1000 >= Number(ownAccount) + 8000)
}
