import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { languages } from '../../languages/index.js'
import { Sandbox } from '../sandbox.js'
import { BothWays, programsOn, whatItDid } from './warm.test-support.js'

const sandbox = await Sandbox.open({ isolation: 'native' })
afterAll(() => sandbox.close())

for (const language of languages) {
  const warm = language.native?.warm
  if (warm === undefined || warm === 'python' || language.name === 'typescript') continue
  const { version, install } = await sandbox.status(language.name)
  if (version === null) {
    console.log(`not tested: ${language.name} is not here (${install})`)
    continue
  }
  describe(`${language.name} in a fork of a warm interpreter does what it does with one of its own`, () => {
    let ways: BothWays
    beforeAll(() => {
      ways = new BothWays(language)
    })
    afterAll(() => ways.close())
    it.each(programsOn(language).map(({ name, program }) => [name, program] as const))('%s', async (_, program) => {
      const limits = { cpuSeconds: 30, wallSeconds: 120, memoryMb: 512 }
      const own = whatItDid(await ways.cold(program, limits))
      expect(whatItDid(await ways.warm(program, limits))).toEqual(own)
    })
  })
}
