import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { catalogues } from './catalogues.js'

const { href } = new URL('../../scripts/catalogues.mjs', import.meta.url)
const generated: readonly { name: string; folder: string }[] = (await import(href)).catalogues

describe('catalogues', () => {
  it('are those whose index is generated', () => {
    const here = Object.entries(catalogues).map(([name, { folder }]) => `${name} ${folder}`)
    expect(here.sort()).toEqual(generated.map(({ name, folder }) => `${name} ${folder}`).sort())
  })

  it('hold definitions named like their files', () => {
    for (const { folder, definitions } of Object.values(catalogues))
      for (const { name } of definitions)
        expect(existsSync(new URL(`../../${folder}/${name}.ts`, import.meta.url)), `${folder}/${name}.ts`).toBe(true)
  })

  it('give every definition a name of its own, for cupel show; formats and studies may have that of their benchmark', () => {
    const { formats, studies, ...others } = catalogues
    const names = Object.values(others).flatMap(({ definitions }) => definitions.map(({ name }) => name as string))
    expect(new Set(names).size).toBe(names.length)
    for (const { definitions } of [formats, studies])
      expect(new Set(definitions.map(({ name }) => name)).size).toBe(definitions.length)
    const benchmarks: readonly string[] = others.benchmarks.definitions.map(({ name }) => name)
    const twins = [...formats.definitions, ...studies.definitions].filter(
      ({ name }) => names.includes(name) && !benchmarks.includes(name),
    )
    expect(twins).toEqual([])
  })
})
