/**
 * Prompts are Markdown files beside the method (`codet.solution.prompt.md`): front matter between `---` lines
 * (`kind: chat | completion`, `system: …`), then the text with `{{name}}` for what the method fills in. An unknown or
 * unused name is an error, so a typo never reaches a model. The text ends where the file's last newline is.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { UsageError, type Prompt } from '../kernel/index.js'

export type PromptMaker = (name: string, values: Readonly<Record<string, string>>) => Prompt

/** The prompts of one method file: `prompts(import.meta.url)('solution', {…})` reads `METHOD.solution.prompt.md`. */
export function prompts(moduleUrl: string): PromptMaker {
  const base = moduleUrl.replace(/\.[jt]s$/, '')
  const templates = new Map<string, Template>()
  return (name, values) => {
    let template = templates.get(name)
    if (!template) {
      template = readTemplate(readFileSync(new URL(`${base}.${name}.prompt.md`), 'utf8'), name)
      templates.set(name, template)
    }
    return render(template, values)
  }
}

export interface Template {
  readonly name: string
  readonly hash: string
  readonly kind: 'chat' | 'completion'
  readonly system?: string
  readonly text: string
}

export function readTemplate(source: string, name: string): Template {
  const hash = createHash('sha256').update(source).digest('hex')
  const parts = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source)
  const fields = new Map<string, string>()
  for (const line of (parts?.[1] ?? '').split('\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) fields.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim())
  }
  const kind = fields.get('kind') === 'completion' ? 'completion' : 'chat'
  const system = fields.get('system')
  const text = (parts?.[2] ?? source).replace(/\n$/, '')
  return { name, hash, kind, text, ...(system ? { system } : {}) }
}

export function render(template: Template, values: Readonly<Record<string, string>>): Prompt {
  const unused = new Set(Object.keys(values))
  const text = template.text.replace(/\{\{(\w+)\}\}/g, (_, key: string) => {
    const value = values[key]
    if (value === undefined)
      throw new UsageError(`the prompt «${template.name}» asks for {{${key}}}, which the method does not give`)
    unused.delete(key)
    return value
  })
  if (unused.size > 0) throw new UsageError(`the prompt «${template.name}» does not use ${[...unused].join(', ')}`)
  const { name, hash, kind, system } = template
  return { name, hash, kind, text, ...(system ? { system } : {}) }
}
