/** How the interpreter of each language that has sessions is started, and with which driver. */
import { fileURLToPath } from 'node:url'
import type { ServerCommand } from './server.js'
import type { SessionCommand } from './session.js'

const drivers = fileURLToPath(new URL('./drivers', import.meta.url))
const pythonDrivers = ['session.py', 'session_python.py', 'session_sql.py']

export interface Interpreters {
  /** A server without a warm interpreter. */
  readonly cold: ServerCommand
  /** A server around the warm Python, and the arguments that start it. */
  readonly python: { readonly server: ServerCommand; readonly start: readonly string[] } | null
  readonly node: string
  /** Languages found here. */
  readonly found: ReadonlySet<string>
}

const environment = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  HOME: '/tmp/work',
  TMPDIR: '/tmp',
  LANG: 'C.UTF-8',
  TZ: 'UTC',
}

/** By language; SQL cells run in Python's SQLite. */
export function sessionCommands({ cold, python, node, found }: Interpreters): Map<string, SessionCommand> {
  const commands = new Map<string, SessionCommand>()
  const bind = (names: readonly string[]) => names.flatMap((name) => ['--bind', `${drivers}/${name}`, `/cupel/${name}`])
  const plain = { warm: false, branches: false, reservesAddressSpace: false, env: environment }
  const driven = (file: string) => ({ path: cold.path, args: [...cold.args, ...bind([file])] })
  if (python) {
    const server = { path: python.server.path, args: [...bind(pythonDrivers), ...python.server.args, ...python.start] }
    const env = { MPLBACKEND: 'Agg', MPLCONFIGDIR: '/tmp' }
    const forked = { server, warm: true, branches: true, reservesAddressSpace: false, env }
    commands.set('python', { ...forked, argv: ['python'] })
    commands.set('sql', { ...forked, argv: ['sql'] })
  }
  if (found.has('javascript'))
    commands.set('javascript', {
      ...plain,
      server: driven('session.mjs'),
      argv: [node, '/cupel/session.mjs'],
      reservesAddressSpace: true,
    })
  if (found.has('bash'))
    commands.set('bash', { ...plain, server: driven('session.sh'), argv: ['bash', '/cupel/session.sh'] })
  if (found.has('r'))
    commands.set('r', { ...plain, server: driven('session.R'), argv: ['Rscript', '--vanilla', '/cupel/session.R'] })
  return commands
}
