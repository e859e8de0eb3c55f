/** Readers: what a method takes from a reply. They return null for what is not there; the kernel counts that. */
import { cutAtStops, extractCode, generatedAsserts } from '../code/index.js'
import type { Reader } from '../kernel/index.js'

/** Stop sequences after which a completion model has left the function (Chen et al. 2021). */
export const functionStops = ['\nclass', '\ndef', '\n#', '\nif', '\nprint'] as const

/** A program, or why there is none. */
export interface ReadProgram {
  readonly code: string
  readonly how: string
  readonly missing?: 'no-code' | 'truncated' | 'refused'
}

/** A complete program out of a chat reply. */
export const program: Reader<ReadProgram> = (completion, problem) => {
  const { language, entryPoint } = problem
  const found = extractCode(completion.text, {
    language,
    finish: completion.finish,
    ...(entryPoint ? { entryPoint } : {}),
  })
  if (found.code !== null && !found.missing) return { code: found.code, how: found.how }
  return { code: found.code ?? '', how: found.how, missing: found.missing ?? 'no-code' }
}

/** A continuation of the prompt, cut where the function ends. */
export const continuation: Reader<ReadProgram> = (completion, problem) => ({
  code: `${problem.prompt}${cutAtStops(completion.text, functionStops)}`,
  how: 'continuation',
})

/** The assertions on the entry point in a text that continues `assert `. */
export const asserts: Reader<readonly string[]> = (completion, problem) =>
  generatedAsserts(completion.text, problem.entryPoint ?? '')
