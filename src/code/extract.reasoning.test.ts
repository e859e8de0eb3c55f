import { describe, expect, it } from 'vitest'
import { type ExtractOptions, extractCode } from './extract.js'
import { add, checkRows, draft, fence, python } from './extract.test-support.js'

checkRows('reasoning', [
  ['<thinking>', `<thinking>${fence(draft)}</thinking>\n${fence(add)}`, add, 'fenced block'],
  ['<reasoning>', `<reasoning>\n${fence(add)}\n</reasoning>\nI cannot say.`, null, 'nothing'],
  ['kimi marks', `◁think▷\n${fence(draft)}\n◁/think▷\n${fence(add)}`, add, 'fenced block'],
  ['magistral marks', `[THINK]${fence(draft)}[/THINK]${fence(add)}`, add, 'fenced block'],
  [
    'harmony channels',
    `<|channel|>analysis<|message|>${fence(draft)}<|end|><|start|>assistant<|channel|>final<|message|>${fence(add)}<|return|>`,
    add,
    'fenced block',
  ],
  [
    'harmony without its tokens',
    `analysisWe need add.\n${fence(draft)}\nassistantfinal${fence(add)}`,
    add,
    'fenced block',
  ],
  [
    'only the closing mark (the prompt opened)',
    `Let me see.\n${fence(draft)}\nWait.\n</think>\n\n${fence(add)}`,
    add,
    'fenced block',
  ],
  [
    'the closing mark in quotes inside the thought',
    `<think>the tag '</think>' ends it\n${fence(draft)}\n</think>\n${fence(add)}`,
    add,
    'fenced block',
  ],
  ['two thoughts', `<think>a</think>\n<think>\n${fence(draft)}\n</think>\n${fence(add)}`, add, 'fenced block'],
  [
    'code that handles the marks',
    fence("def add(a, b):\n    return a.split('<think>')[0] + b"),
    "def add(a, b):\n    return a.split('<think>')[0] + b",
    'fenced block',
  ],
  [
    'a template with the marks in code',
    fence('def add(a, b):\n    return """\n<think>\n</think>\n""" + a + b'),
    'def add(a, b):\n    return """\n<think>\n</think>\n""" + a + b',
    'fenced block',
  ],
  ['the mark spoken of', `I don't use the <think> tag.\n${fence(add)}`, add, 'fenced block'],
  ['a thought after the code that never ends', `${fence(add)}\n<think>\n${fence(draft)}`, add, 'fenced block'],
])

describe('what is missing, and why', () => {
  const cases: [name: string, reply: string, options: ExtractOptions, missing: string | undefined][] = [
    ['empty at the token limit', '', { finish: 'length' }, 'truncated'],
    ['empty', '', { finish: 'stop' }, 'no-code'],
    ['an open thought', `<think>\n${fence(add)}`, python, 'truncated'],
    ['an open thought, token limit', `<think>\n${fence(add)}`, { ...python, finish: 'length' }, 'truncated'],
    ['an open thought, though the model stopped', `<think>\n${fence(add)}`, { ...python, finish: 'stop' }, 'no-code'],
    ['a harmony reply without a final part', `<|channel|>analysis<|message|>${fence(add)}`, python, 'truncated'],
    ['prose', 'Add the numbers.', { ...python, finish: 'stop' }, 'no-code'],
    ['prose at the token limit', 'Let us think step by step about this', { ...python, finish: 'length' }, 'truncated'],
    ['a refusal', "I'm sorry, but I can't help with that.", python, 'refused'],
    ['a curly refusal', 'I can’t assist with this request.', python, 'refused'],
    ['a refusal by the provider', '', { ...python, finish: 'refusal' }, 'refused'],
    ['an apology before code', `Sorry for the mistake.\n${fence(add)}`, python, undefined],
    ['a closed fence at the token limit', `${fence(add)}\nThis fun`, { ...python, finish: 'length' }, undefined],
    ['a fence cut off', `\`\`\`python\ndef add(a, b):\n    ret`, { ...python, finish: 'length' }, 'truncated'],
  ]
  it.each(cases)('%s', (_name, reply, options, missing) => {
    const found = extractCode(reply, options)
    expect(found.missing).toBe(missing)
    if (missing === 'no-code' || missing === 'refused') expect(found.code).toBeNull()
  })
})
