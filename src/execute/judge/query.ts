/**
 * Queries: the candidate runs on a database of its own in the sandbox, and the rows it prints are compared here with those
 * of the expected query, which runs apart from it. What a query changes, it changes for itself alone.
 *
 * Not covered: databases other than SQLite, and whether a query is right for other contents of the database.
 */
import { createHash } from 'node:crypto'
import type { ExceptionInfo, Limits, QuerySuite, Verdict } from '../../kernel/index.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { type Cell, readRows, rowDifference } from './result-rows.js'
import { limitVerdict } from './overrun.js'

/** Expected results that are kept, so that a thousand candidates do not ask for the same. */
const keptResults = 2000
const file = 'main.sql'

export class QueryJudge {
  readonly #sandbox: Sandbox
  readonly #expected = new Map<string, Promise<Cell[][]>>()

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox
  }

  /** Rejects if the expected query fails, which is nobody's fault. */
  async verdict(suite: QuerySuite, query: string, limits: Limits): Promise<Verdict> {
    const [expected, done] = await Promise.all([this.#expectedRows(suite, limits), this.#run(suite, query, limits)])
    const { cpuMs, wallMs, peakBytes, isolation } = done
    const status = { name: 'rows' }
    const common = (passed: boolean) =>
      ({
        judged: 'output',
        tests: [{ ...status, status: passed ? 'passed' : done.outcome === 'ok' ? 'failed' : 'error' }],
        cpuMs,
        wallMs,
        peakBytes,
        isolation,
      }) as const
    const limited = limitVerdict(done, limits, common(false))
    if (limited) return limited
    if (done.outcome !== 'ok') return { kind: 'runtime-error', exception: sqlError(done.stderr), ...common(false) }
    const rows = asks(query) ? readRows(done.stdout) : null
    const evidence =
      rows === null
        ? 'it gives no rows that can be read'
        : rowDifference(expected, rows, {
            ordered: suite.rows !== 'any-order' && endsOrdered(suite.expected),
            anyColumns: suite.columns === 'any-order',
          })
    return evidence === null ? { kind: 'passed', ...common(true) } : { kind: 'wrong', evidence, ...common(false) }
  }

  #expectedRows(suite: QuerySuite, limits: Limits): Promise<Cell[][]> {
    const key = createHash('sha256').update(`${suite.database}\u0000${suite.expected}`).digest('base64')
    const known = this.#expected.get(key)
    if (known) return known
    const rows = this.#run(suite, suite.expected, limits).then(({ outcome, stdout, stderr }) => {
      const read = outcome === 'ok' ? readRows(stdout) : null
      if (!read) throw new Error(`the expected query failed: ${sqlError(stderr).message || outcome}`)
      return read
    })
    rows.catch(() => this.#expected.delete(key))
    this.#expected.set(key, rows)
    if (this.#expected.size > keptResults) this.#expected.delete(this.#expected.keys().next().value as string)
    return rows
  }

  #run({ database }: QuerySuite, query: string, limits: Limits) {
    // What follows the query ends it, even within a comment of one line.
    const source = `${database}\n.mode quote\n${query}\n;\n`
    return this.#sandbox.run({ language: 'sql', files: { [file]: source }, entry: file }, limits)
  }
}

function sqlError(stderr: string): ExceptionInfo {
  const line = stderr.split('\n').find((one) => /error/i.test(one)) ?? stderr.split('\n')[0] ?? ''
  return { type: 'SqlError', message: line.replace(/^.*?error( near line \d+)?: /i, '').slice(0, 500) }
}

/** Without what stands in quotes, comments and brackets. */
function bare(query: string): string {
  let text = query.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, ' ')
  for (let inner = ''; inner !== text; ) {
    inner = text
    text = text.replace(/\([^()]*\)/g, ' ')
  }
  return text
}

export function endsOrdered(query: string): boolean {
  return /\border\s+by\b/i.test(bare(query))
}

/** A script that asks for nothing prints nothing, as a query does that finds nothing. */
function asks(query: string): boolean {
  return /\b(select|values)\b/i.test(bare(query))
}
