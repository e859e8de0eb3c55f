/** The text a request asks with, for models that answer from a file or a script. */
import type { ModelRequest } from '../kernel/index.js'

/** The prompt, or the messages' contents, one paragraph each. */
export function promptText(input: ModelRequest['input']): string {
  if (input.kind === 'chat') return input.messages.map((message) => message.content).join('\n\n')
  return input.kind === 'infill' ? input.prompt + input.suffix : input.prompt
}
