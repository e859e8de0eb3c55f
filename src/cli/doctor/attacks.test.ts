import { expect, it } from 'vitest'
import type { Attack } from '../../execute/sandbox/attacks/attack.js'
import { loadAttacks } from '../../execute/sandbox/attacks/corpus.js'
import { faceAttacks } from './attacks.js'
import { attackLines } from './report.js'

const attacks = loadAttacks()
const named = (name: string) => attacks.find((one) => one.name === name) as Attack
/** An attack that gets out: it only says so, but that is all the suite has to go by. */
const python = (name: string, source: string): Attack => ({
  ...named('host/passwd.py'),
  name,
  program: { files: { 'main.py': source }, entry: 'main.py' },
})

it('counts what held and names what did not, with what was seen', async () => {
  const report = await faceAttacks('auto', { quiet: true }, [
    named('host/passwd.py'),
    named('names/parent-folder'),
    python('host/escapes.py', 'print("ESCAPED: out")\nprint("held")\n'),
    python('host/silent.py', 'print("nothing tried")\n'),
    python('host/fails.py', 'raise SystemExit(3)\n'),
    python('host/tells.py', 'print("held")\nprint(open("main.py").read())\n# CANARY_PID'),
    { ...named('host/passwd.py'), name: 'host/unknown', language: 'klingon' },
  ])
  expect(report).toMatchObject({
    run: 6,
    held: 3,
    left: [],
    skipped: [{ why: 'klingon cannot be run here', attacks: 1 }],
  })
  expect(report.failed.map(({ name }) => name).sort()).toEqual(['host/escapes.py', 'host/fails.py', 'host/silent.py'])
  const lines = attackLines(report).join('\n')
  expect(lines).toContain('attacks: 3 of 6 held')
  expect(lines).toContain('host/escapes.py: ESCAPED: out')
  expect(lines).toContain('1 not run: klingon cannot be run here')
})

it('says in one line that all is well', () => {
  const lines = attackLines({ run: 140, held: 140, failed: [], left: [], skipped: [] })
  expect(lines.slice(2)).toEqual([expect.stringContaining('attacks: 140 of 140 held')])
  expect(attackLines({ run: 1, held: 1, failed: [], left: ['a file is left: /x'], skipped: [] }).join()).toContain(
    'afterwards a file is left: /x',
  )
})
