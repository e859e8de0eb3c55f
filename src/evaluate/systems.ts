/**
 * The research systems Cupel sets out to hold, and what is there of each: decided by definitions and by what the tests
 * prove, never by a list kept by hand. `systems.json` holds facts only: id, slug, title, short name and kind.
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { BadDataError, describeError, type Source } from '../kernel/index.js'

export const systemStatuses = ['working', 'partial', 'missing'] as const
export type SystemStatus = (typeof systemStatuses)[number]

export interface SystemRow {
  readonly id: number
  readonly slug: string
  readonly title: string
  readonly status: SystemStatus
  /** Paths in the repository of the definitions that name the system as their source. */
  readonly where: readonly string[]
}

/** A folder of definitions, one file each, named after what it defines. */
export interface Catalogue {
  /** Path in the repository: `src/generate/methods`. */
  readonly folder: string
  readonly definitions: readonly {
    readonly name: string
    readonly source?: Source
    readonly acceptance?: Readonly<Record<string, string>>
  }[]
}

/** What the last full test run proved: `90.d` → its status. */
export type Acceptance = Readonly<Record<string, { readonly status: string }>>

const system = z.object({ id: z.int(), slug: z.string(), title: z.string(), short: z.string(), kind: z.string() })
export type System = z.output<typeof system>

export function loadSystems(): System[] {
  return z.array(system).parse(JSON.parse(readFileSync(new URL('./systems.json', import.meta.url), 'utf8')))
}

/**
 * One row for each system, in the order of their ids. `working`: a definition states acceptance points and a passing
 * test speaks for every one of them. `partial`: something is there. `missing`: nothing names it.
 */
export function systemRows(catalogues: readonly Catalogue[], acceptance: Acceptance): SystemRow[] {
  const known = loadSystems()
  const found = new Map(known.map(({ id }) => [id, { points: [] as string[], where: [] as string[] }]))
  for (const { folder, definitions } of catalogues)
    for (const { name, source, acceptance: points = {} } of definitions) {
      if (source?.system === undefined) continue
      const entry = found.get(source.system)
      if (!entry)
        throw new BadDataError(`${folder}/${name}.ts names system ${source.system}, which is not in systems.json`)
      entry.where.push(`${folder}/${name}.ts`)
      entry.points.push(...Object.keys(points).map((key) => `${source.system}.${key}`))
    }
  return known.map(({ id, slug, title }) => {
    const { points, where } = found.get(id) as { points: string[]; where: string[] }
    return { id, slug, title, status: statusOf(points, where, acceptance), where: where.sort() }
  })
}

function statusOf(points: readonly string[], where: readonly string[], acceptance: Acceptance): SystemStatus {
  if (where.length === 0) return 'missing'
  const met = (point: string) => Object.hasOwn(acceptance, point) && acceptance[point]?.status === 'passed'
  return points.length > 0 && points.every(met) ? 'working' : 'partial'
}

const record = z.record(z.string(), z.looseObject({ status: z.string() }))

/**
 * The first of the files that is there; none gives no proof. By default what the last full test run here proved
 * (the file is written only after one), else the copy that comes with the package.
 * Throws BadDataError for a file that is not what the tests write.
 */
export function readAcceptance(
  paths: readonly URL[] = ['build', 'docs'].map(
    (folder) => new URL(`../../${folder}/acceptance.json`, import.meta.url),
  ),
): Acceptance {
  for (const path of paths) {
    let text: string
    try {
      text = readFileSync(path, 'utf8')
    } catch {
      continue
    }
    try {
      return record.parse(JSON.parse(text))
    } catch (error) {
      if (path === paths.at(-1))
        throw new BadDataError(
          `${path.pathname} is not a record of acceptance points (${describeError(error)}): run the tests again`,
        )
    }
  }
  return {}
}
