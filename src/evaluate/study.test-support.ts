/** A study's context over rows that a test gives, with a real judge. */
import { Judge, type Sandbox } from '../execute/index.js'
import type { Difference, StudyContext } from '../kernel/index.js'

export function contextOver(sandbox: Sandbox, files: Readonly<Record<string, readonly unknown[]>>) {
  const judge = new Judge(sandbox)
  const differences: Difference[] = []
  const notes: string[] = []
  const ctx: StudyContext = {
    rows: async (path) => [...(files[path] ?? [])],
    text: async (path) => String(files[path]?.[0] ?? ''),
    has: (path) => path in files,
    files: (path) => Object.keys(files).filter((one) => one.startsWith(path.replace(/\*.*$/, ''))),
    judge: {
      verdicts: (items, limits) => Promise.all(items.map((item) => judge.judge(item.problem, item, limits))),
      passMatrix: () => Promise.reject(new Error('not here')),
      compiles: () => Promise.reject(new Error('not here')),
    },
    progress: () => {},
    count: () => {},
    note: (text) => notes.push(text),
    differs: (difference) => differences.push(difference),
    isolation: () => ({ level: 'native', tier: 'A', primitives: [] }),
  }
  return { ctx, differences, notes }
}
