import { add, checkRows, fence } from './extract.test-support.js'

checkRows('pieces', [
  [
    'a helper in its own block',
    `${fence('def plus(a, b):\n    return a + b')}\nThen:\n${fence('def add(a, b):\n    return plus(a, b)')}`,
    'def plus(a, b):\n    return a + b\n\ndef add(a, b):\n    return plus(a, b)',
    'joined blocks',
  ],
  [
    'a helper after the entry point',
    `${fence('def add(a, b):\n    return plus(a, b)')}\n${fence('def plus(a, b):\n    return a + b')}`,
    'def plus(a, b):\n    return a + b\n\ndef add(a, b):\n    return plus(a, b)',
    'joined blocks',
  ],
  [
    'a chain of helpers',
    `${fence('def one(x):\n    return x')}\n${fence('def two(x):\n    return one(x)')}\n${fence('def add(a, b):\n    return two(a) + b')}`,
    'def one(x):\n    return x\n\ndef two(x):\n    return one(x)\n\ndef add(a, b):\n    return two(a) + b',
    'joined blocks',
  ],
  [
    'imports in their own block',
    `${fence('import math')}\n${fence('def add(a, b):\n    return math.fsum([a, b])')}`,
    'import math\n\ndef add(a, b):\n    return math.fsum([a, b])',
    'joined blocks',
  ],
  [
    'a draft that holds a helper of the final code',
    `${fence('def plus(a, b):\n    return a + b\n\ndef add(a, b):\n    return plus(a, a)')}\nReplace add:\n${fence('def add(a, b):\n    return plus(a, b)')}`,
    'def plus(a, b):\n    return a + b\n\ndef add(a, b):\n    return plus(a, a)\n\ndef add(a, b):\n    return plus(a, b)',
    'joined blocks',
  ],
  ['an unrelated block', `${fence('def other(x):\n    return x')}\n${fence(add)}`, add, 'fenced block'],
  [
    'a method of a class',
    fence('class Solution:\n    def add(self, a, b):\n        return a + b'),
    'class Solution:\n    def add(self, a, b):\n        return a + b',
    'fenced block',
    { language: 'python', entryPoint: 'Solution.add' },
  ],
])
