/**
 * What a program may look like before any isolation level sees it. Whatever no level could carry out as it is written is
 * refused here with a sentence, so that it is neither the program's failure nor the machine's.
 */
import { type Limits, type Program, UsageError } from '../../kernel/index.js'

/** One job is one frame of the server; some room is left for its header. */
const mostBytes = 250 * 1024 * 1024
const mostFiles = 2000
/** The kernel takes 128 KiB for one argument or variable, its zero byte included, and refuses too much in all. */
const mostArgumentBytes = 128 * 1024 - 1
const mostArgumentBytesInAll = 1024 * 1024
const page = 4096
/** One of a pair of code units without the other: no text that could be written down. */
const halfCharacter = /\p{Surrogate}/u

/** Throws UsageError for names, arguments or sizes that cannot be what the caller means. */
export function checkProgram(program: Program, limits: Limits): void {
  checkNames(Object.keys(program.files))
  if (!Object.hasOwn(program.files, program.entry))
    throw new UsageError(`«${program.entry}» is not among the files of the program: give the name of one of them`)
  checkSizes(program, limits)
  checkArguments(program)
}

function checkNames(names: readonly string[]): void {
  if (names.length > mostFiles)
    throw new UsageError(`the program has ${names.length} files: at most ${mostFiles} can be handed over`)
  const folders = new Set<string>()
  for (const name of names) {
    const parts = name.split('/')
    if (
      name.includes('\0') ||
      halfCharacter.test(name) ||
      Buffer.byteLength(name) > 1000 ||
      parts.some((part) => part === '' || part === '.' || part === '..' || Buffer.byteLength(part) > 255)
    )
      throw new UsageError(
        `«${name.slice(0, 100)}» cannot be the name of a file in the sandbox: give a relative path without «..» whose parts have at most 255 bytes`,
      )
    for (let end = 1; end < parts.length; end++) folders.add(parts.slice(0, end).join('/'))
  }
  for (const name of names)
    if (folders.has(name)) throw new UsageError(`«${name}» is both a file and a folder of the program: rename one`)
}

function checkSizes({ files, stdin = '' }: Program, { diskMb }: Limits): void {
  let bytes = Buffer.byteLength(stdin)
  let disk = 0
  for (const [name, content] of Object.entries(files)) {
    const size = Buffer.byteLength(content)
    bytes += size + Buffer.byteLength(name)
    disk += Math.max(1, Math.ceil(size / page)) * page
  }
  if (disk > diskMb * 1024 * 1024)
    throw new UsageError(`the files are larger than the ${diskMb} MB of disk the program may use: raise the limit`)
  if (bytes > mostBytes)
    throw new UsageError(
      `the program and its input have ${Math.ceil(bytes / 1048576)} MB: at most ${mostBytes / 1048576} MB can be handed over`,
    )
}

function checkArguments({ args = [], env = {} }: Program): void {
  const variables = Object.entries(env)
  for (const [name] of variables)
    if (name === '' || /[=\0]/.test(name)) throw new UsageError(`«${name}» cannot be the name of a variable`)
  let bytes = 0
  for (const text of [...args, ...variables.map(([name, value]) => `${name}=${value}`)]) {
    const size = Buffer.byteLength(text)
    if (text.includes('\0') || halfCharacter.test(text))
      throw new UsageError('an argument or variable holds a zero byte or half a character: no system can hand it over')
    if (size > mostArgumentBytes)
      throw new UsageError(`an argument or variable has ${size} bytes: at most ${mostArgumentBytes} can be handed over`)
    bytes += size + 9
  }
  if (bytes > mostArgumentBytesInAll)
    throw new UsageError(
      'the arguments and variables have more than 1 MB together: hand them over as a file or as input',
    )
}
