import { defineLanguage } from '../../kernel/index.js'
import { compilerMachine, machine, onMachine, packed, unpacked } from './jvm.js'

export default defineLanguage({
  name: 'java',
  title: 'Java',
  summary: 'Java with OpenJDK; the public class of the entry decides its file name, its main method where it starts',
  extensions: ['java'],
  aliases: ['jdk', 'openjdk'],
  file: 'Main.java',
  native: {
    ...onMachine,
    probe: ['javac', '-version'],
    install: { apt: 'openjdk-17-jdk-headless' },
    names: javaNames,
    compile: [
      ...['sh', '-c', `javac "$@" && ${packed}`, 'javac'],
      ...compilerMachine.map((option) => `-J${option}`),
      ...['-encoding', 'UTF-8', '-nowarn', '-d', '/tmp/classes', '{files}'],
    ],
    warmCompiler: {
      driver: 'JvmCompiler.java',
      start: ['java', ...compilerMachine, '/cupel/JvmCompiler.java', 'java'],
      options: ['-encoding', 'UTF-8', '-nowarn', '-d', '/tmp/classes', '{files}'],
    },
    run: ['sh', '-c', `${unpacked} && exec java "$@"`, 'java', ...machine, '-cp', '/tmp/classes:.', '{main}'],
  },
})

/** What javac demands of the file name, and which class `java` is to start. */
export function javaNames(source: string): { file?: string; main?: string } {
  const plain = withoutTexts(source)
  const folder = /(?:^|[;\s])package\s+([\w.$\s]+?)\s*;/.exec(plain)?.[1]?.replace(/\s/g, '')
  const types = topLevelTypes(plain)
  const open = types.find((type) => type.isPublic)
  const starts = types.filter((type) => /\bstatic\b[^;{}()]*\bvoid\s+main\s*\(/.test(type.body))
  const main = starts.find((type) => type.isPublic) ?? starts[0] ?? open ?? types[0]
  return {
    ...(open ? { file: `${open.name}.java` } : {}),
    ...(main ? { main: folder ? `${folder}.${main.name}` : main.name } : {}),
  }
}

/** Without comments, and with nothing inside texts and characters, since braces and words there mean nothing. */
function withoutTexts(source: string): string {
  const pattern = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"""[\s\S]*?(?<!\\)"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g
  return source.replace(pattern, (text) => (text.startsWith('/') ? ' ' : '""'))
}

function topLevelTypes(plain: string): { name: string; isPublic: boolean; body: string }[] {
  const types: { name: string; isPublic: boolean; body: string }[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < plain.length; i++) {
    if (plain[i] === '{' && depth++ === 0) {
      const head = plain.slice(from, i).split(';').at(-1) ?? ''
      const named = /(?:^|\s)(?:class|interface|enum|record)\s+([\p{L}_$][\p{L}\p{N}_$]*)/u.exec(head)
      if (named) types.push({ name: named[1] as string, isPublic: /(?:^|\s)public\s/.test(head), body: '' })
      from = i
    } else if (plain[i] === '}' && --depth === 0) {
      const last = types.at(-1)
      if (last && last.body === '') last.body = plain.slice(from, i)
      from = i + 1
    }
  }
  return types
}
