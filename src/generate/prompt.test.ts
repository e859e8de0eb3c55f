import { expect, it } from 'vitest'
import { readTemplate, render } from './prompt.js'

const source = '---\nkind: completion\nsystem: Be brief.\n---\nWrite {{name}}:\n{{code}}\n'

it('reads front matter and text, without the last newline', () => {
  expect(readTemplate(source, 'x')).toMatchObject({
    kind: 'completion',
    system: 'Be brief.',
    text: 'Write {{name}}:\n{{code}}',
  })
  expect(readTemplate('just text', 'x')).toMatchObject({ kind: 'chat', text: 'just text' })
})

it('keeps trailing spaces, which a completion model sees', () => {
  expect(readTemplate('---\nkind: completion\n---\nassert ', 'x').text).toBe('assert ')
})

it('fills in what is given, once, and never reads the values as templates', () => {
  const prompt = render(readTemplate(source, 'x'), { name: '{{code}}', code: '$& $1' })
  expect(prompt.text).toBe('Write {{code}}:\n$& $1')
})

it('refuses what is missing and what is not used', () => {
  const template = readTemplate(source, 'x')
  expect(() => render(template, { name: 'f' })).toThrow(/asks for \{\{code\}\}/)
  expect(() => render(template, { name: 'f', code: '', more: '' })).toThrow(/does not use more/)
})

it('a changed template has another hash', () => {
  expect(readTemplate(source, 'x').hash).not.toBe(readTemplate(`${source} `, 'x').hash)
})
