/** Servers whose programs may reach some hosts: one proxy and a few servers for each list of hosts. */
import { Pool } from './pool.js'
import { type HostProxy, openProxy } from './proxy.js'
import type { ServerCommand } from './server.js'
import type { Turns } from './turns.js'
import { WarmPools, type WarmPoolsOptions } from './warm-pools.js'

const relayAddress = 'http://127.0.0.1:3128'

/** How programs are told where the proxy is; most HTTP clients read these. */
export const proxyEnvironment: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'].map((name) => [name, relayAddress])),
  no_proxy: 'localhost,127.0.0.1',
  NO_PROXY: 'localhost,127.0.0.1',
}

export interface Pools {
  readonly cold: Pool
  readonly warm: WarmPools | null
}

export class Networks {
  readonly #cold: ServerCommand
  readonly #warm: WarmPoolsOptions | null
  readonly #size: number
  readonly #turns: Turns
  readonly #open = new Map<string, Promise<Pools & { readonly proxy: HostProxy }>>()

  constructor(cold: ServerCommand, warm: WarmPoolsOptions | null, size: number, turns: Turns) {
    this.#turns = turns
    this.#cold = cold
    this.#warm = warm
    this.#size = size
  }

  /** Throws UsageError for a list that is none. */
  to(hosts: readonly string[]): Promise<Pools> {
    const key = [...new Set(hosts)].sort().join(' ')
    let pools = this.#open.get(key)
    if (!pools) {
      pools = this.#start(hosts)
      this.#open.set(key, pools)
      pools.catch(() => this.#open.delete(key))
    }
    return pools
  }

  async close(): Promise<void> {
    const opened = await Promise.all([...this.#open.values()].map((pools) => pools.catch(() => null)))
    await Promise.all(
      opened.map(async (pools) => {
        await Promise.all([pools?.cold.close(), pools?.warm?.close()])
        await pools?.proxy.close()
      }),
    )
  }

  async #start(hosts: readonly string[]): Promise<Pools & { readonly proxy: HostProxy }> {
    const proxy = await openProxy(hosts)
    const through = ({ path, args }: ServerCommand): ServerCommand => {
      const end = args.includes('--') ? args.indexOf('--') : args.length
      return { path, args: [...args.slice(0, end), '--proxy', proxy.path, ...args.slice(end)] }
    }
    const warm = this.#warm
    return {
      proxy,
      cold: new Pool(through(this.#cold), this.#size, this.#turns),
      warm: warm && new WarmPools({ ...warm, command: (modules) => through(warm.command(modules)) }),
    }
  }
}
