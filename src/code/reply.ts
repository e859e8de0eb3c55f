/** From a reply to what is judged of it: the program, or the answer where no program is asked for. */
import type { Completion, Problem } from '../kernel/index.js'
import { extractAnswer } from './answer.js'
import { extractCode } from './extract.js'
import { extractFiles } from './files.js'

/** A candidate, or why there is none. */
export interface ReadReply {
  /** Empty if `missing` is set and nothing was found. */
  readonly code: string
  readonly how: string
  readonly missing?: 'no-code' | 'truncated' | 'refused'
}

/** Code that breaks off is not to be judged: whether it would have been right is not known. */
export function readReply(
  { text, finish }: Pick<Completion, 'text' | 'finish'>,
  { kind, language, entryPoint, files }: Pick<Problem, 'kind' | 'language' | 'entryPoint' | 'files'>,
): ReadReply {
  const found =
    kind === 'answer'
      ? extractAnswer(text, { finish })
      : files
        ? extractFiles(text, { files, language, finish })
        : extractCode(text, { language, finish, entryPoint })
  const missing = found.missing ?? (found.code === null ? 'no-code' : undefined)
  return { code: found.code ?? '', how: found.how, ...(missing ? { missing } : {}) }
}
