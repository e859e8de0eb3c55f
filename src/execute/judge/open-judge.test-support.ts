/** A sandbox of this machine and a judge in it, for the tests of one file. */
import { afterAll } from 'vitest'
import { Sandbox } from '../sandbox/sandbox.js'
import { Judge } from './judge.js'

export async function openJudge() {
  const sandbox = await Sandbox.open({ isolation: 'native' })
  afterAll(() => sandbox.close())
  return { sandbox, judge: new Judge(sandbox) }
}
