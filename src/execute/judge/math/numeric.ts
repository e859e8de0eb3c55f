/** The value of an expression in complex numbers of double precision, its variables given. */
import type { Expression, FunctionName } from './expression.js'

export interface Complex {
  readonly re: number
  readonly im: number
}

const complex = (re: number, im = 0): Complex => ({ re, im })
const half = complex(0.5)
const one = complex(1)

/** As it is below, but what is too large for a float is no value, where nobody speaks of infinity: all such would be the same. */
export function finiteValue(expression: Expression, variables: ReadonlyMap<string, number>): Complex {
  const value = numericValue(expression, variables)
  const finite = Number.isFinite(value.re) && Number.isFinite(value.im)
  return finite || speaksOfInfinity(expression) ? value : complex(Number.NaN)
}

function speaksOfInfinity(expression: Expression): boolean {
  if (expression.kind === 'constant') return expression.name === 'infinity'
  if ('left' in expression) return speaksOfInfinity(expression.left) || speaksOfInfinity(expression.right)
  if (expression.kind === 'call') return expression.of.some(speaksOfInfinity)
  return 'of' in expression && speaksOfInfinity(expression.of)
}

/** Infinity is a value, NaN stands for none. Of several values (square roots, logarithms) the principal one. */
function numericValue(expression: Expression, variables: ReadonlyMap<string, number>): Complex {
  const value = (part: Expression) => numericValue(part, variables)
  switch (expression.kind) {
    case 'number':
      return complex(Number(expression.digits))
    case 'repeating': {
      const places = expression.fixed.split('.')[1]?.length ?? 0
      const { length } = expression.repeated
      return complex(Number(expression.fixed) + Number(expression.repeated) / (10 ** places * (10 ** length - 1)))
    }
    case 'variable':
      return complex(variables.get(expression.name) ?? Number.NaN)
    case 'constant':
      if (expression.name === 'i') return complex(0, 1)
      return complex({ pi: Math.PI, e: Math.E, infinity: Number.POSITIVE_INFINITY }[expression.name])
    case 'negative': {
      const of = value(expression.of)
      return complex(-of.re, -of.im)
    }
    case 'either-sign':
      return complex(Number.NaN)
    case '+':
    case '-':
    case '*':
    case '/':
    case '^':
      return binary[expression.kind](value(expression.left), value(expression.right))
    case 'call':
      return applied(expression.name, expression.of.map(value))
  }
}

/** The names of all variables in an expression. */
export function variablesOf(expression: Expression, found = new Set<string>()): Set<string> {
  if (expression.kind === 'variable') found.add(expression.name)
  else if ('left' in expression) {
    variablesOf(expression.left, found)
    variablesOf(expression.right, found)
  } else if (expression.kind === 'call') for (const part of expression.of) variablesOf(part, found)
  else if ('of' in expression) variablesOf(expression.of, found)
  return found
}

function plus(a: Complex, b: Complex): Complex {
  return complex(a.re + b.re, a.im + b.im)
}

function minus(a: Complex, b: Complex): Complex {
  return complex(a.re - b.re, a.im - b.im)
}

function times(a: Complex, b: Complex): Complex {
  // with an infinite factor the formula would give NaN
  if (a.im === 0 && b.im === 0) return complex(a.re * b.re)
  return complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re)
}

function over(a: Complex, b: Complex): Complex {
  if (a.im === 0 && b.im === 0) return complex(b.re === 0 ? Number.NaN : a.re / b.re)
  const norm = b.re * b.re + b.im * b.im
  return complex((a.re * b.re + a.im * b.im) / norm, (a.im * b.re - a.re * b.im) / norm)
}

function power(a: Complex, b: Complex): Complex {
  if (b.im === 0 && (a.im === 0 || Number.isInteger(b.re))) {
    if (a.im === 0 && (a.re >= 0 || Number.isInteger(b.re))) return complex(a.re ** b.re)
    if (Number.isInteger(b.re) && Math.abs(b.re) <= 1024) return integerPower(a, b.re)
  }
  if (a.re === 0 && a.im === 0) return complex(b.re > 0 ? 0 : Number.NaN)
  return exp(times(b, log(a)))
}

function integerPower(a: Complex, exponent: number): Complex {
  let made = one
  for (let i = 0; i < Math.abs(exponent); i++) made = times(made, a)
  return exponent < 0 ? over(one, made) : made
}

function exp({ re, im }: Complex): Complex {
  const size = Math.exp(re)
  return im === 0 ? complex(size) : complex(size * Math.cos(im), size * Math.sin(im))
}

function log({ re, im }: Complex): Complex {
  return complex(Math.log(Math.hypot(re, im)), Math.atan2(im, re))
}

function sqrt(a: Complex): Complex {
  if (a.im !== 0) return power(a, half)
  return a.re < 0 ? complex(0, Math.sqrt(-a.re)) : complex(Math.sqrt(a.re))
}

const binary = { '+': plus, '-': minus, '*': times, '/': over, '^': power }

/** Of real arguments only. */
const real: Readonly<Partial<Record<FunctionName, (a: number, b: number) => number>>> = {
  ...{ floor: Math.floor, ceil: Math.ceil, sin: Math.sin, cos: Math.cos, tan: Math.tan },
  ...{ arcsin: Math.asin, arccos: Math.acos, arctan: Math.atan, sinh: Math.sinh, cosh: Math.cosh, tanh: Math.tanh },
  cot: (a) => 1 / Math.tan(a),
  sec: (a) => 1 / Math.cos(a),
  csc: (a) => 1 / Math.sin(a),
  factorial: (a) => (Number.isInteger(a) && a >= 0 && a <= 170 ? factorial(a) : Number.NaN),
  binomial: (a, b) =>
    [a, b].every((each) => Number.isInteger(each) && each >= 0 && each <= 170)
      ? factorial(a) / factorial(b) / factorial(a - b)
      : Number.NaN,
}

function applied(name: FunctionName, [a = complex(Number.NaN), b]: readonly Complex[]): Complex {
  if (name === 'sqrt') return sqrt(a)
  if (name === 'exp') return exp(a)
  if (name === 'abs') return complex(Math.hypot(a.re, a.im))
  if (name === 'ln') return log(a)
  // Without a base: in mathematics it is known from the context, and Python's is e.
  if (name === 'log') return b ? over(log(a), log(b)) : log(a)
  if (name === 'root' && b) {
    const odd = a.im === 0 && Math.abs(a.re % 2) === 1
    if (odd && b.im === 0 && b.re < 0) return complex(-((-b.re) ** (1 / a.re)))
    return power(b, over(one, a))
  }
  const of = real[name]
  if (!of || a.im !== 0 || (b && b.im !== 0)) return complex(Number.NaN)
  return complex(of(a.re, b?.re ?? Number.NaN))
}

function factorial(a: number): number {
  let made = 1
  for (let i = 2; i <= a; i++) made *= i
  return made
}
