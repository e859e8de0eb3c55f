import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { extractCode } from './extract.js'

interface Row {
  readonly task_id: string
  readonly entry_point: string
  readonly responses?: readonly string[]
  readonly source_codes?: readonly string[]
}

const data = process.env.CUPEL_DATA
const folder = data ? join(data, 'Md-Ashraful-Pramanik__MapCoder/final-results/ChatGPT/HumanEval') : ''
const absent = !data
  ? 'CUPEL_DATA is not set: the recorded replies of MapCoder are not compared'
  : existsSync(folder)
    ? null
    : 'CUPEL_DATA holds no MapCoder results: the recorded replies are not compared'
if (absent) console.info(absent)

/** Their extractor took a line of prose or of another block along, or missed the function. */
function isSane(code: string, entryPoint: string): boolean {
  return (
    new RegExp(`^def ${entryPoint}\\b`, 'm').test(code) &&
    !/^\S+$|^\s*#{2,} /m.test(code.replace(/^\S*[()\]}]+\S*$/gm, ''))
  )
}

it.skipIf(absent)(`reads ChatGPT's raw replies as MapCoder's own extractor did${absent ? ` (${absent})` : ''}`, () => {
  let compared = 0
  const differing: string[] = []
  const bare = (code: string | null | undefined) => (code ?? '').replace(/\s+/g, '')
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.jsonl.gz'))) {
    const lines = gunzipSync(readFileSync(join(folder, file)))
      .toString('utf8')
      .trim()
      .split('\n')
    for (const row of lines.map((line) => JSON.parse(line) as Row)) {
      const reply = row.responses?.at(-1)
      const theirs = row.source_codes?.at(-1)
      if (reply === undefined || theirs === undefined || !isSane(theirs, row.entry_point)) continue
      compared++
      const ours = extractCode(reply, { language: 'python', entryPoint: row.entry_point }).code
      if (bare(ours) !== bare(theirs)) differing.push(`${file} ${row.task_id}`)
    }
  }
  console.info(`${compared} recorded replies compared, ${differing.length} extracted differently`)
  expect(compared).toBeGreaterThan(400)
  expect(differing).toEqual([])
})
