/**
 * The prompts of CoderEval: which description, and what is shown beside it. The body of the function that is asked for is in
 * none of them: it is cut out of its file, with the comments and docstring that belong to it.
 */
import { type FunctionPlace, definitionsIn, findFunction } from '../execute/index.js'

/** `human`: what somebody wrote who saw the code and not its docstring. */
export type CoderEvalDescription = 'original' | 'human'
/** `oracle`: names that the solution uses and does not define. */
export type CoderEvalContext = 'none' | 'file' | 'oracle'

export interface CoderEvalPrompt {
  readonly place: FunctionPlace
  readonly description: string
  /** The published solution: of it only the signature is shown. */
  readonly code: string
  readonly project: string
  readonly path: string
  readonly className?: string
  readonly fileContent: string
  readonly oracle: Readonly<Record<string, readonly string[]>>
}

const titles = { python: 'Python', java: 'Java' }

/** Null where the context cannot be shown: the file is not there, or the function cannot be found in it. */
export function coderEvalPrompt(asked: CoderEvalPrompt, context: CoderEvalContext): string | null {
  const { place, description, project, path, className } = asked
  const what = place.language === 'java' ? 'method' : 'function'
  const of = className ? ` of the class \`${className}\`` : ''
  const shown = context === 'file' ? fileOf(asked) : context === 'oracle' ? oracleOf(asked) : ''
  const signature = signatureOf(asked.code, place)
  if (shown === null || signature === null) return null
  const parts = [
    `Write the ${titles[place.language]} ${what} \`${place.name}\`${of}, in ${path} of ${project}.`,
    `\`\`\`${place.language}\n${signature}\n\`\`\``,
    description.trim(),
    shown,
    `Reply with the whole ${what}, its signature included, and nothing around it.`,
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

/** What stands before the body; null where the code is not the function it is said to be. */
export function signatureOf(code: string, { language, name }: FunctionPlace): string | null {
  const text = trimmed(code)
  const found = definitionsIn(text, language).find((each) => each.name === name)
  return found ? text.slice(found.start, found.body).trim() : null
}

function fileOf({ place, fileContent }: CoderEvalPrompt): string | null {
  if (fileContent.trim() === '') return null
  try {
    const { before, start, head, body, end } = findFunction(fileContent, place)
    const kept = place.language === 'java' ? fileContent.slice(0, before) : fileContent.slice(0, start)
    const space = place.language === 'java' ? `\n\n${lineStart(fileContent, start)}` : ''
    const hole = place.language === 'java' ? '{ /* to be written */ }' : ' ...  # to be written'
    const shown = `${kept}${space}${fileContent.slice(place.language === 'java' ? head : start, body)}${hole}${fileContent.slice(end)}`
    return `It stands in this file:\n\n\`\`\`${place.language}\n${shown.trimEnd()}\n\`\`\``
  } catch {
    return null
  }
}

function lineStart(text: string, at: number): string {
  return /[ \t]*$/.exec(text.slice(0, at))?.[0] ?? ''
}

function oracleOf({ oracle }: CoderEvalPrompt): string {
  const lists = Object.entries(oracle).flatMap(([kind, names]) =>
    names.length === 0 ? [] : [`- ${kind}: ${names.map((name) => `\`${name}\``).join(', ')}`],
  )
  return lists.length === 0 ? '' : `It uses:\n${lists.join('\n')}`
}

/** The margin of its first line is taken from all lines: published methods have that of their class. */
function trimmed(code: string): string {
  const text = code.replace(/^(?:[ \t\f]*\r?\n)+/, '')
  const margin = /^[ \t]*/.exec(text)?.[0] ?? ''
  return text
    .split('\n')
    .map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line))
    .join('\n')
}
