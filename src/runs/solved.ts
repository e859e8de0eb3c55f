/** What a method answered in earlier sessions of a run: such problems are not asked again. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Candidate, Event } from '../kernel/index.js'
import { eventsFile } from './run.js'
import { readSamples } from './samples.js'

export async function solvedBefore(dir: string, resume: boolean): Promise<Map<string, readonly Candidate[]>> {
  const solved = new Map<string, readonly Candidate[]>()
  const path = join(dir, eventsFile)
  if (!resume || !existsSync(path)) return solved
  for await (const item of readSamples(path)) {
    if ('error' in item) continue
    const event = item.value as Partial<Extract<Event, { type: 'solved' }>>
    if (event?.type === 'solved' && event.problemId && Array.isArray(event.candidates))
      solved.set(event.problemId, event.candidates)
  }
  return solved
}
