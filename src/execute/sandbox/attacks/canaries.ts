/**
 * What an attack must not touch: things of the host that are placed where a program would find them if it got out. Opened
 * before the sandbox, so that the sandbox's own processes could have them.
 *
 *   a file in a folder everybody may read, a variable of Cupel's process, a server on the loopback, an abstract socket,
 *   a process of the same user
 *
 * Each holds one secret that exists nowhere else; it must never be seen in what a program prints.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type Server, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Program } from '../../../kernel/index.js'

export class Canaries {
  readonly secret: string
  readonly #folder: string
  readonly #variable: string
  readonly #servers: readonly Server[]
  readonly #process: ChildProcess
  readonly #names: Readonly<Record<string, string>>
  #visitors = 0
  #processEnded = false

  private constructor(secret: string, folder: string, servers: readonly Server[], socket: string) {
    this.secret = secret
    this.#folder = folder
    this.#servers = servers
    this.#variable = `SECRET_OF_THE_HOST_${secret.slice(0, 8).toUpperCase()}`
    process.env[this.#variable] = secret
    // Its own loop, so that it runs on every system; its arguments and environment hold the secret too.
    this.#process = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1 << 30)', secret], { stdio: 'ignore' })
    this.#process.on('exit', () => {
      this.#processEnded = true
    })
    this.#process.unref()
    for (const server of servers) {
      server.on('connection', (connection) => {
        this.#visitors++
        connection.on('error', () => {})
        connection.end(`HTTP/1.0 200 OK\r\n\r\n${secret}`)
      })
      server.unref()
    }
    const address = servers[0]?.address()
    this.#names = {
      CANARY_FILE: join(folder, 'secret.txt'),
      CANARY_FOLDER: folder,
      CANARY_PORT: String(typeof address === 'object' ? address?.port : 1),
      CANARY_SOCKET: socket,
      CANARY_PID: String(this.#process.pid),
      CANARY_VARIABLE: this.#variable,
    }
  }

  static async open(): Promise<Canaries> {
    const secret = randomBytes(16).toString('hex')
    const folder = mkdtempSync(join(tmpdir(), 'cupel-canary-'))
    writeFileSync(join(folder, 'secret.txt'), `${secret}\n`)
    chmodSync(folder, 0o777)
    chmodSync(join(folder, 'secret.txt'), 0o666)
    // Node pads the name to its full length with zero bytes, which are part of an abstract name: one that is full already.
    const socket = `cupel-canary-${secret.slice(0, 8)}`.padEnd(107, '-')
    const servers = [await listening({ host: '127.0.0.1', port: 0 })]
    if (process.platform === 'linux') servers.push(await listening({ path: `\0${socket}` }))
    return new Canaries(secret, folder, servers, socket)
  }

  /** The program with the canaries' real names in the place of `CANARY_…`. */
  placedIn<T extends Pick<Program, 'files' | 'env'>>(program: T): T {
    const files = Object.entries(program.files).map(([name, content]) => [
      this.#replaced(name),
      typeof content === 'string' ? this.#replaced(content) : content,
    ])
    const env = Object.entries(program.env ?? {}).map(([name, value]) => [name, this.#replaced(value)])
    return { ...program, files: Object.fromEntries(files), ...(program.env ? { env: Object.fromEntries(env) } : {}) }
  }

  /** What has happened to them since they were last asked; nothing, if all is well. */
  harmed(): string[] {
    const harm: string[] = []
    const file = join(this.#folder, 'secret.txt')
    try {
      if (readdirSync(this.#folder).join() !== 'secret.txt') harm.push('the folder outside has changed')
      if (readFileSync(file, 'utf8') !== `${this.secret}\n`) harm.push('the file outside has changed')
      if ((statSync(file).mode & 0o777) !== 0o666 && process.platform !== 'win32')
        harm.push('the file outside has another mode')
    } catch {
      harm.push('the file outside is gone')
    }
    if (this.#visitors > 0) harm.push('a server of the host was reached')
    if (this.#processEnded) harm.push('a process of the host was killed')
    if (process.env[this.#variable] !== this.secret) harm.push('a variable of the host has changed')
    this.#visitors = 0
    return harm
  }

  async close(): Promise<void> {
    delete process.env[this.#variable]
    this.#process.kill('SIGKILL')
    if (!this.#processEnded) await new Promise((resolve) => this.#process.once('exit', resolve))
    await Promise.all(this.#servers.map((server) => new Promise((resolve) => server.close(resolve))))
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #replaced(text: string): string {
    return text.replace(/CANARY_[A-Z]+/g, (name) => this.#names[name] ?? name)
  }
}

function listening(where: { host: string; port: number } | { path: string }): Promise<Server> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(where, () => resolve(server))
  })
}
