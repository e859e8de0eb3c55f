/**
 * `node scripts/serve-remote.mjs [port]`: a server for `--isolation remote:…`, for trying it by hand and for the tests of
 * the command line. On 127.0.0.1 only; CUPEL_REMOTE_TOKEN is asked for where it is set. Prints its address and serves
 * until it is told to end. Does not cover: TLS, and what an always-on service needs.
 */
import { createServer } from 'node:http'

// Computed, since the types are checked before anything is built.
const built = new URL('../dist/execute/index.js', import.meta.url).href
const { nodeListener, remoteHandler, Sandbox } = await import(built)

const token = process.env.CUPEL_REMOTE_TOKEN
const sandbox = await Sandbox.open()
const handler = remoteHandler(sandbox, { ...(token ? { token } : {}), log: console.error })
const server = createServer(nodeListener(handler))
server.listen(Number(process.argv[2] ?? 8080), '127.0.0.1', () => {
  const address = server.address()
  if (address && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}`)
})
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    server.closeAllConnections()
    server.close(() => void sandbox.close())
  })
