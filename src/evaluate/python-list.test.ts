import { expect, it } from 'vitest'
import { listOf } from './python-list.js'

it('lists of strings are read as JSON or as Python prints them', () => {
  expect(listOf('["a", "b"]')).toEqual(['a', 'b'])
  expect(listOf("['a', \"it's\", 'x\\'y\\\\', '\\xe4\\u20ac\\U0001f600\\n']")).toEqual(['a', "it's", "x'y\\", 'ä€😀\n'])
  expect(listOf("['a, b', 'c]']")).toEqual(['a, b', 'c]'])
  expect(listOf('[]')).toEqual([])
})

it('anything else is none', () => {
  for (const text of ['', 'a', '[1]', '["a"', "['a'", "['a'] + ['b']", "['a' 'b']", '{"a": 1}', "[f('a')]", "['a', ]]"])
    expect(listOf(text), text).toBeNull()
})
