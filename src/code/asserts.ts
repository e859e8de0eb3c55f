/** Reads the assertions out of a generated test text, as CodeT does: the text continues a prompt that ends in `assert `. */
import { cutAtStops } from './stop.js'

const stops = ['\nclass', '\ndef', '\n#', '\nif', '\nprint'] as const

/**
 * The parts between one `assert ` and the next that name the entry point, each cut at the stop sequences, as statements
 * `assert …`, in order and with repetitions. Whether they compile is for Python's own compiler to say.
 */
export function generatedAsserts(text: string, entryPoint: string): string[] {
  const name = entryPoint.trim()
  const asserts: string[] = []
  for (const part of `assert ${text.replace(/\r\n?/g, '\n')}`.split('assert ')) {
    if (part.trim() === '' || name === '' || !part.includes(name)) continue
    const cut = cutAtStops(part, stops)
    if (cut.trim() !== '') asserts.push(`assert ${cut}`.trim())
  }
  return asserts
}
