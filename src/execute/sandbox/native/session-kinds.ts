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
}

const environment = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  HOME: '/tmp/work',
  TMPDIR: '/tmp',
  LANG: 'C.UTF-8',
  TZ: 'UTC',
}

/** By language; SQL cells run in Python's SQLite. */
export function sessionCommands({ cold, python, node }: Interpreters): Map<string, SessionCommand> {
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
  const script = (file: string, ...command: string[]) => ({
    ...plain,
    server: driven(file),
    argv: [...command, `/cupel/${file}`],
  })
  commands.set('javascript', { ...script('session.mjs', node), reservesAddressSpace: true })
  commands.set('bash', script('session.sh', 'bash'))
  commands.set('r', script('session.R', 'Rscript', '--vanilla'))
  return commands
}
