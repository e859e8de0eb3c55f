/** Where the server is and how it is told who asks. Nothing here may put a password or a token into a message. */
import { UsageError } from '../../../kernel/index.js'

export interface Address {
  /** Without a trailing slash; holds no secret. */
  readonly url: string
  readonly token: string | null
}

export function addressOf(given: string, token: string | undefined, env = process.env): Address {
  const url = URL.canParse(given) ? new URL(given) : null
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new UsageError('the address of a Cupel server has the form http://host:port or https://host/path')
  if (url.username !== '' || url.password !== '')
    throw new UsageError('the address of a Cupel server holds no password: put its token into CUPEL_REMOTE_TOKEN')
  if (url.search !== '' || url.hash !== '')
    throw new UsageError('the address of a Cupel server ends before ? and #: leave out what follows')
  const plain = { url: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, token: secretOf(token, env) }
  if (
    plain.token !== null &&
    url.protocol === 'http:' &&
    !isLoopback(url.hostname) &&
    env.CUPEL_REMOTE_INSECURE !== '1'
  )
    throw new UsageError(
      `a token sent to ${plain.url} can be read on the way: use https, or set CUPEL_REMOTE_INSECURE=1 if that network is yours alone`,
    )
  return plain
}

function secretOf(token: string | undefined, env: NodeJS.ProcessEnv): string | null {
  const secret = (token ?? env.CUPEL_REMOTE_TOKEN ?? '').trim()
  if (secret === '') return null
  // fetch would say which header it refuses, with its value.
  if (!/^[\x21-\x7e]+$/.test(secret))
    throw new UsageError(
      'the token of the Cupel server holds characters that no header can carry: check CUPEL_REMOTE_TOKEN',
    )
  return secret
}

/** By name or number; URLs write IPv4 addresses in one way only. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
