import { expect, it } from 'vitest'
import { UsageError } from '../../kernel/index.js'
import { passAtKOverProblems } from './pass-at-k.js'
import { passAtKOverTasks } from './pass-at-k-by-task.js'

// Three problems of task A, one of task B, two samples each; of B/1 one was lost.
const counts = new Map([
  ['A/0', { n: 2, c: 2 }],
  ['A/1', { n: 2, c: 1 }],
  ['A/2', { n: 2, c: 0 }],
  ['B/0', { n: 2, c: 2 }],
  ['B/1', { n: 1, c: 0, infrastructure: 1 }],
])
const taskOf = (id: string) => id.slice(0, 1)

it('takes the mean within each task first, so that a task of many problems counts once [system 138.d]', () => {
  // A: (1 + 1/2 + 0) / 3 = 1/2, B: (1 + 0) / 2 = 1/2
  expect(passAtKOverTasks(counts, 1, taskOf)).toMatchObject({ value: 1 / 2, tasks: 2, problems: 5 })
  // A: (1 + 1 + 0) / 3, B: 1, since B/1 has one sample only
  expect(passAtKOverTasks(counts, 2, taskOf)).toMatchObject({ value: expect.closeTo(5 / 6, 12), tasks: 2, problems: 4 })
  expect(passAtKOverProblems(counts, 2).value).toBeCloseTo(3 / 4, 12)
})

it('is pass@k where each problem is a task, and refuses a k that none has samples for', () => {
  expect(passAtKOverTasks(counts, 1, (id) => id).value).toBeCloseTo(passAtKOverProblems(counts, 1).value, 12)
  expect(() => passAtKOverTasks(counts, 3, taskOf)).toThrow(UsageError)
})
