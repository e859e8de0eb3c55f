/** Whether sources are programs, by the language's own compiler, in the sandbox: a parser is attack surface too. */
import type { Sandbox } from '../execute/index.js'
import { IsolationError, UsageError } from '../kernel/index.js'

/** Reads a JSON list of sources and prints a JSON list of booleans. */
const checker = `
import ast, json, sys
def good(source):
    try:
        ast.parse(source)
        return True
    except BaseException:
        return False
print(json.dumps([good(source) for source in json.load(sys.stdin)]))
`

export async function compiles(sandbox: Sandbox, language: string, sources: readonly string[]): Promise<boolean[]> {
  if (language !== 'python') throw new UsageError(`generated tests are read for Python only, not for ${language}`)
  if (sources.length === 0) return []
  const program = { language, files: { 'main.py': checker }, entry: 'main.py', stdin: JSON.stringify(sources) }
  const done = await sandbox.run(program, { cpuSeconds: 20, outputBytes: 16 * 1024 * 1024 })
  if (done.outcome === 'ok') return JSON.parse(done.stdout) as boolean[]
  if (done.outcome === 'infrastructure') throw new IsolationError(done.reason ?? 'the sandbox failed')
  // One source that the parser itself does not survive must not decide about the others.
  if (sources.length === 1) return [false]
  const half = sources.length >> 1
  const [left, right] = [sources.slice(0, half), sources.slice(half)]
  return [...(await compiles(sandbox, language, left)), ...(await compiles(sandbox, language, right))]
}
