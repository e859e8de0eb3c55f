/**
 * Java, in MBXP's shape: a class with a static method, and a class `Main` that throws at the first difference. Tuples are lists;
 * a type that no value tells is `Object`.
 */
import { type Target, type Task, any, argumentsOf, camelCase, commentLines } from './target.js'
import { Untranslatable } from './cases.js'
import type { Type, Value } from './values.js'

const words = new Set(
  'abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float for goto if implements import instanceof int interface long native new package private protected public return short static strictfp super switch synchronized this throw throws transient try void volatile while true false null var'.split(
    ' ',
  ),
)

export const java: Target = {
  language: 'java',
  entryPoint: ({ name }) => named(name),
  prompt(task) {
    const parameters = task.parameters.map(({ name, type }) => `${typeName(type)} ${named(name)}`).join(', ')
    const examples = task.examples.map(
      ({ args, result }) => `> ${named(task.name)}(${written(args, task)})\n${shown(result)}`,
    )
    return `import java.util.*;
import java.math.*;

class ${className(task)} {
    /**
${commentLines([task.text, '', ...examples].join('\n').trim(), '    ').replaceAll('\\u', '\\ u')}
     */
    public static ${typeName(task.result)} ${named(task.name)}(${parameters}) {
`
  },
  test(task) {
    const checks = task.cases.map(({ args, result }, i) => {
      const type = typeName(task.result)
      return `    private static void test${i}() throws Exception {
        ${type} given = ${className(task)}.${named(task.name)}(${written(args, task)});
        ${type} due = ${literal(result, task.result)};
        if (!same(given, due)) throw new Exception("Exception -- test case ${i} did not pass. given = " + given);
    }
`
    })
    return `
}

class Main {
${comparison}
${checks.join('\n')}
    public static void main(String[] args) throws Exception {
${task.cases.map((_, i) => `        test${i}();`).join('\n')}
    }
}
`
  },
}

/** Numbers by value, floats to a millionth, lists by place, sets and maps by content. */
const comparison = `    private static boolean same(Object a, Object b) {
        if (a == null || b == null) return a == b;
        if (a instanceof Number && b instanceof Number) {
            if (!(a instanceof Double) && !(b instanceof Double)) return new BigInteger(a.toString()).equals(new BigInteger(b.toString()));
            double x = ((Number) a).doubleValue(), y = ((Number) b).doubleValue();
            return x == y || (Double.isNaN(x) && Double.isNaN(y)) || Math.abs(x - y) <= 1e-6 * Math.max(1, Math.abs(y));
        }
        if (a instanceof List && b instanceof List) {
            List<?> x = (List<?>) a, y = (List<?>) b;
            if (x.size() != y.size()) return false;
            for (int i = 0; i < x.size(); i++) if (!same(x.get(i), y.get(i))) return false;
            return true;
        }
        if (a instanceof Map && b instanceof Map) {
            Map<?, ?> x = (Map<?, ?>) a, y = (Map<?, ?>) b;
            if (x.size() != y.size()) return false;
            for (Object key : x.keySet()) if (!y.containsKey(key) || !same(x.get(key), y.get(key))) return false;
            return true;
        }
        return a.equals(b);
    }
`

function className({ name }: Task): string {
  const camel = camelCase(name).replace(/^_+/, '')
  return `${camel.slice(0, 1).toUpperCase()}${camel.slice(1)}`.replace(
    /^(?=\d|$)|^(?=(?:Main|Object|String|List|Map|Set)$)/,
    'The',
  )
}

function named(name: string): string {
  const camel = camelCase(name)
  return words.has(camel) ? `${camel}0` : camel
}

function typeName(type: Type, boxed = false): string {
  switch (type.kind) {
    case 'bool':
      return boxed ? 'Boolean' : 'boolean'
    case 'int':
      if (type.bits > 64) return 'BigInteger'
      if (type.bits > 32) return boxed ? 'Long' : 'long'
      return boxed ? 'Integer' : 'int'
    case 'float':
      return boxed ? 'Double' : 'double'
    case 'string':
      return 'String'
    case 'list':
      return `List<${typeName(type.item, true)}>`
    case 'set':
      return `Set<${typeName(type.item, true)}>`
    case 'dict':
      return `Map<${typeName(type.key, true)}, ${typeName(type.value, true)}>`
    case 'tuple':
      return `List<${typeName(ofAll(type.items), true)}>`
    case 'optional':
      return typeName(type.of, true)
    default:
      return 'Object'
  }
}

function itemOf(type: Type): Type {
  if (type.kind === 'tuple') return ofAll(type.items)
  return type.kind === 'list' || type.kind === 'set' ? type.item : any
}

/** The items of a tuple in a list. */
function ofAll(items: readonly Type[]): Type {
  const [first] = items
  return first && items.every((one) => typeName(one, true) === typeName(first, true)) ? first : any
}

const written = (args: readonly Value[], task: Task) => argumentsOf(args, task, literal)

function literal(value: Value, type: Type): string {
  if (type.kind === 'optional') return value.kind === 'none' ? 'null' : literal(value, type.of)
  switch (value.kind) {
    case 'none':
      return 'null'
    case 'bool':
      return String(value.value)
    case 'int':
      return integer(value.value, type)
    case 'float':
      return float(value.value)
    case 'string':
      return text(value.value)
    case 'list':
    case 'tuple':
    case 'set': {
      const item = itemOf(type)
      const items = value.items.map((one) => literal(one, item))
      const made = value.kind === 'set' ? 'HashSet' : 'ArrayList'
      // A single null would be no list of one.
      const list =
        items.length === 1 && items[0] === 'null'
          ? 'Collections.singletonList(null)'
          : `Arrays.asList(${items.join(', ')})`
      return `new ${made}<${typeName(item, true)}>(${list})`
    }
    case 'dict': {
      const [key, item] = type.kind === 'dict' ? [type.key, type.value] : [any, any]
      const puts = value.entries.map(([name, one]) => `put(${literal(name, key)}, ${literal(one, item)});`)
      return `new HashMap<${typeName(key, true)}, ${typeName(item, true)}>() {{ ${puts.join(' ')} }}`
    }
  }
}

function integer(digits: string, type: Type): string {
  if (type.kind === 'float') return `${digits}.0`
  const bits = type.kind === 'int' ? type.bits : BigInt.asIntN(32, BigInt(digits)) === BigInt(digits) ? 32 : 64
  if (bits > 64) return `new BigInteger("${digits}")`
  return bits > 32 ? `${digits}L` : digits
}

function float(written: string): string {
  if (written === 'nan') return 'Double.NaN'
  if (written === 'inf') return 'Double.POSITIVE_INFINITY'
  return written === '-inf' ? 'Double.NEGATIVE_INFINITY' : written.replace(/^-?\d+$/, '$&.0')
}

function text(value: string): string {
  const escaped = value.replace(/[\\"]|[^ -~]/g, (letter) => {
    const short = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\\': '\\\\', '"': '\\"' }[letter]
    return short ?? [...letter].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
  })
  // A literal may have 65,535 bytes.
  if (escaped.length > 60_000) throw new Untranslatable('a text is longer than a constant of Java may be')
  return `"${escaped}"`
}

/** As Java prints it. */
function shown(value: Value): string {
  switch (value.kind) {
    case 'none':
      return 'null'
    case 'list':
    case 'tuple':
    case 'set':
      return `[${value.items.map(shown).join(', ')}]`
    case 'dict':
      return `{${value.entries.map(([key, item]) => `${shown(key)}=${shown(item)}`).join(', ')}}`
    case 'string':
      return JSON.stringify(value.value)
    default:
      return String(value.value)
  }
}
