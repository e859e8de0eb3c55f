/**
 * Which flags harden a child of this node, found by starting one that tries what must not work.
 * Covers: the name of the permission flag, the largest stack that holds, a list of what was refused.
 * Does not cover: anything the probe doesn't try; see hosts/probe.mjs.
 */
import { randomUUID } from 'node:crypto'
import { IsolationError } from '../../../kernel/index.js'
import { Child } from './child.js'
import { quickjsRuntime } from './packages.js'

export interface Hardening {
  readonly flags: readonly string[]
  /** What the probe tried and found refused or working. */
  readonly primitives: readonly string[]
  /** Bytes of QuickJS stack that hold without overflowing the host's. */
  readonly stackBytes: number
}

interface ProbeReport {
  readonly nonce: string
  /** Attempt → whether it was refused. */
  readonly refused: Readonly<Record<string, boolean>>
  readonly deep: boolean
}

/** Kilobytes of host stack, and the guest stack that fits into it. The system's own limit decides which holds. */
const stacks = [
  { hostKb: 7000, guestKb: 2048 },
  { hostKb: 3900, guestKb: 1024 },
  { hostKb: 984, guestKb: 256 },
]
const mustBeRefused = ['fs-read', 'fs-write', 'child-process', 'worker', 'code-from-strings', 'native-binding'] as const

export async function probeHardening(): Promise<Hardening> {
  const permission = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission'
  const reasons: string[] = []
  for (const { hostKb, guestKb } of stacks) {
    const flags = [
      '--no-warnings',
      permission,
      '--disallow-code-generation-from-strings',
      '--max-old-space-size=512',
      `--stack-size=${hostKb}`,
    ]
    const report = await tryFlags(flags, guestKb * 1024)
    if (typeof report === 'string') {
      reasons.push(`stack ${hostKb} KB: ${report}`)
      continue
    }
    const open = mustBeRefused.filter((name) => report.refused[name] !== true)
    if (open.length > 0)
      throw new IsolationError(
        `This node does not refuse ${open.join(', ')} to a restricted child; use node 20.19 or newer.`,
      )
    if (!report.deep) {
      reasons.push(`stack ${hostKb} KB: the guest's recursion did not end in an error of its own`)
      continue
    }
    const primitives = Object.keys(report.refused).filter((name) => report.refused[name])
    return {
      flags,
      primitives: [
        'node-permission',
        ...primitives.map((name) => (name === 'memory-growth' ? 'wasm-memory-cap' : `no-${name}`)),
      ],
      stackBytes: guestKb * 1024,
    }
  }
  throw new IsolationError(`No restricted child of node could be started (${reasons.join('; ')}).`)
}

async function tryFlags(flags: readonly string[], stackBytes: number): Promise<ProbeReport | string> {
  const child = new Child({ ...quickjsRuntime(), script: 'hosts/probe.mjs' }, { flags })
  try {
    const job = { nonce: randomUUID(), stackBytes, parent: process.pid }
    const result = await child.perform<ProbeReport>(job, { wallMs: 30_000, outputBytes: 65_536 })
    return result.report ?? `ended with ${result.signal ?? result.exitCode}: ${result.stderr.trim().slice(-300)}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    child.kill()
  }
}
